# `sh` of an image is dash, busybox's or bash: a script is wrong where all of them refuse it. Where one reads it, or
# one that may is not here, it is only warned of. The same with bash, whose extglob a script may switch on.
need dash
need busybox
need bash
tree
write() { cat >"$(entrypoint)"; }
write <<'S'
#!/bin/sh
function start() { local args=(); exec app "${args[@]}"; }
start
S
cp "$(entrypoint)" new
expect 0 run --generate "echo >>$(entrypoint)" --deploy 'touch deployed'
exists deployed
says 'bash as sh reads it, and may be what the service has'
grep -qE 'entrypoint.sh +2 +warning +syntax +dash: Syntax error: ' out || fail 'not told whose complaint it is'
write <<'S'
#!/bin/bash
while !(nc -z db 5432) do sleep 1; done
S
expect 0 lint
says '✔ 2 scripts, nothing found'
write <<'S'
#!/bin/sh
if true; then
S
expect 4 run --generate "echo >>$(entrypoint)" --deploy 'touch again'
missing again
grep -qE 'entrypoint.sh +[0-9]+ +error +syntax +dash: ' out || fail 'no error'

# A machine like the image, which has busybox alone: it refuses what bash would read, and cannot know that. Only what
# root alone may change is started, and what lies outside the tree.
[ "$(id -u)" = 0 ] || exit 0
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
ln -s "$(command -v busybox)" "$bin/busybox"
cp new "$(entrypoint)"
PATH=$bin expect 0 lint
says "busybox's sh: "
says 'dash may read it, and is not here to be asked'
