# Every command of docs/tutorial.md is typed, and what it shows comes.
unset BACKSTEP_HEALTH_MIN_HEALTHY_TIME
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
types_page "$CASES/../../docs/tutorial.md" shop "8090=$port"
says "commands of"
