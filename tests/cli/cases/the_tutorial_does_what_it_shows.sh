# Every command of docs/tutorial.md is typed, and what it shows comes.
unset BACKSTEP_HEALTH_MIN_HEALTHY_TIME
mkdir bin shop
printf '#!/bin/bash\nexec %q "$@"\n' "$BACKSTEP" >bin/backstep && chmod 755 bin/backstep
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
PATH=$PWD/bin:$PATH python3 "$CASES/../support/run_page.py" "$CASES/../../docs/tutorial.md" shop "8090=$port" >out 2>&1 || fail "the tutorial shows something else"
says "commands of"
