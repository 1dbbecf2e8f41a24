# GitLab starts a job's image with a shell's command line, and the script comes by standard input.
detect='if [ -x /usr/local/bin/bash ]; then exec /usr/local/bin/bash; elif [ -x /bin/bash ]; then exec /bin/bash; elif [ -x /bin/sh ]; then exec /bin/sh; else exit 1; fi'
job() { docker run --rm -i --network none "$IMAGE" "$@" >out 2>&1; }

printf 'set -eo pipefail\necho one | grep -q one\nbackstep version\necho "status ${CI_JOB_STATUS-unset}"\n' | job sh ||
  fail "sh failed"
says "backstep 0"
says "status unset"
echo 'mkdir -p /builds/group/project && cd /builds/group/project && pwd; exit 41' | job sh -c "$detect"
[ $? = 41 ] || fail "the script's exit code is lost"
says /builds/group/project

job bash -c true </dev/null
[ $? = 127 ] || fail "a bash that is not there must be 127"
says "cannot start the shell 'bash': No such file or directory; it is not here, ask for 'sh' instead"
one_line
