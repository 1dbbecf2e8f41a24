# The first commands of the README do what it shows beneath them.
tree action_service
printf '#!/bin/sh\n%s\n' "$(generate_word v2)" >generate_entrypoints.sh && chmod 755 generate_entrypoints.sh
mkdir bin && printf '#!/bin/bash\nexec %q "$@"\n' "$BACKSTEP" >bin/backstep && chmod 755 bin/backstep
awk '/^```console$/ { print; inside = 1; next } inside { print } inside && /^```$/ { exit }' "$CASES/../../README.md" >page.md
PATH=$PWD/bin:$PATH python3 "$CASES/../support/run_page.py" page.md . >out 2>&1 || fail "the README shows something else"
says "2 commands of"
is_old
