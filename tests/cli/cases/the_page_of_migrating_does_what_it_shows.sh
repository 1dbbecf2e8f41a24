# Every command of docs/migrating.md is typed, and what it shows comes.
mkdir bin shop
printf '#!/bin/bash\nexec %q "$@"\n' "$BACKSTEP" >bin/backstep && chmod 755 bin/backstep
PATH=$PWD/bin:$PATH python3 "$CASES/../support/run_page.py" "$CASES/../../docs/migrating.md" shop >out 2>&1 || fail "the page shows something else"
says "commands of"
