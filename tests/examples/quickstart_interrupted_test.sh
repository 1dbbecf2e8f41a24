# Stopped in the middle, the quickstart stops the servers that it started and removes its copy.
need busybox
export PORT_BASE=$((30000 + $$ % 200 * 10)) TMPDIR=$PWD/temporary
mkdir temporary

# A backstep that never ends, and says when it has begun.
mkfifo begun
printf '#!/bin/sh\necho >"%s/begun"\nexec sleep 60\n' "$PWD" >hanging && chmod +x hanging
set -m  # gives it a process group of its own, to be interrupted like a terminal does
"$CASES/../../examples/quickstart.sh" --binary hanging >out 2>&1 &
set +m
read -r _ <begun
(exec 3<>"/dev/tcp/127.0.0.1/$((PORT_BASE + 1))") || fail 'the services do not run'
kill -INT -- -$!
wait $!
status=$?
[ "$status" -eq 130 ] || fail "it exited with $status, not 130"
for port in 1 2 3; do
  ! (exec 3<>"/dev/tcp/127.0.0.1/$((PORT_BASE + port))") 2>/dev/null || fail "a server is left on port $((PORT_BASE + port))"
done
[ -z "$(ls temporary)" ] || fail "left behind: $(ls temporary)"
