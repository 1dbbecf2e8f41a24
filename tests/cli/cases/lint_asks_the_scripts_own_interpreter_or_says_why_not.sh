# `-n` of the shell that the script names, by its name; where there is none the run goes on, and says so.
need bash
tree
# shellcheck disable=SC2059 # the script is a format
write() { printf "$1" >"$(entrypoint)"; }
write '#!/bin/bash\ndiff <(echo a) <(echo b)\n' # no other shell reads that
expect 0 lint
write '#!/bin/bash\nshopt -s extglob\nls !(a|b)\n' # nor this one by its own, unless it ran the second line
expect 0 lint
says '✔ 2 scripts, nothing found'
write '#!/usr/bin/env -S bash -eu\nfi\n'
expect 4 lint
grep -qE 'entrypoint.sh +2 +error +syntax +bash: syntax error' out || fail 'another row'

write '#!/usr/bin/env python3\nfi (\n'
expect 0 run --generate "echo >>$(entrypoint)" --deploy true
says "lint: the syntax of 1 script was not checked, 'python3' has no '-n'"
write '#!/bin/bash\nfi\n'
mkdir empty
PATH=$PWD/empty expect 0 lint
says "the syntax of 1 script was not checked, PATH has no 'bash' that only root may change: services/action_service/entrypoint.sh"

# A path is one of the service's image, so nothing that lies there in the tree is run.
printf '#!/bin/sh\ntouch ran\n' >empty/bash
chmod 755 empty/bash
write "#!$PWD/empty/bash\nfi\n"
expect 4 lint
missing ran

# Nothing of the script runs, nor what the environment has a shell read at its start.
echo 'touch ran' >start
write '#!/bin/bash\ntouch ran\n'
BASH_ENV=$PWD/start ENV=$PWD/start expect 0 lint
# shellcheck disable=SC2016 # a shell would run it
BASH_ENV='$(touch ran)' expect 0 lint
missing ran
says '✔ 2 scripts, nothing found'

# The script is handed over opened: a name that looks like a flag is none.
mkdir -- -v && cp -r services/* ./-v/
expect 0 lint --services-dir=-v
