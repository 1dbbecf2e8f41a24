# No shell comes to what stands behind the last `exit` or `exec`: an archive, notes, the rest of a merge. An exit that
# is not always reached is no end, nor is one in the text that a script writes elsewhere.
need dash
need busybox
need bash
tree
try() { # STATUS WORDS SCRIPT
  # shellcheck disable=SC2059 # the script is a format
  printf "#!/bin/sh\n$3" >"$(entrypoint)"
  expect "$1" lint
  says "$2"
}
try 0 'nul-bytes  a NUL byte; the script ends before, in line 3' 'tail -n +4 "$0" | tar xz\nexit $?\n\037\213\0\0 ( \n'
try 0 'the script ends before, in line 3' 'exec app \\\n  --port 1\n<<<<<<< HEAD\n'
try 0 'the script ends before, in line 2' 'main; exit 0\nIt (really) does not end here\n'
try 0 'the script ends before, in line 3' 'a=(1); f &\nexit 0\nnotes ( here\n' # for no other shell than bash
try 4 conflict-markers 'if true; then\nexit 1\n<<<<<<< HEAD\nfi\n'
try 4 error 'if true; then\nexit 1\nfi\nfi\nexec app\n'
try 4 error 'if true; then\n  echo\nexec app\n'
try 4 error 'cat >run <<EOF\nexec app\nEOF\nfi\n'
try 4 error 'exec app "\n'
try 4 conflict-markers 'exec 2>&1\n<<<<<<< HEAD\n'
