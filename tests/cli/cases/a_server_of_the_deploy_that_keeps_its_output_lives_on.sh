# A deploy starts a server in the background and does not redirect its output, which is our pipe. The server
# may write as much as it likes, during the health check and after the end of the step.
tree
mkfifo asked
exec 9<>asked
cat >server.sh <<'S'
while read -r word <asked; do
  head -c 300000 /dev/zero | tr '\0' x || exit
  echo "$word" && echo "$word" >>answered
done
S
trap 'kill -9 "$(cat pid)" 2>/dev/null' EXIT
answers() { echo "$1" >&9; until_true 20 grep -q "^$1$" answered; }
# Whoever reads our pipe sees its end when the step has ended, though the server lives.
timeout 60 "$BACKSTEP" run --generate "$(generate_word v1)" --deploy 'sh server.sh & echo $! >pid' --check-baseline false \
  --health-interval 50ms --health-retries 400 --health-start-period 0s \
  --health-check '[ -e asking ] || echo check 1<>asked; touch asking; grep -q check answered' 2>&1 | cat >out
[ "${PIPESTATUS[0]}" = 0 ] || fail "the good deploy was not accepted, or the step did not end"
is_word v1
says "deploy left processes running that still have its output: $(cat pid) (sh)."
says "redirect its output"
answers one
answers two

# Whoever reads for it holds that pipe and nothing else, knows nothing of the step, and ends with the server.
pipe=$(readlink "/proc/$(cat pid)/fd/1")
for process in /proc/[0-9]*; do
  if [ "$(readlink "$process/fd/0")" = "$pipe" ]; then drainer=${process#/proc/}; fi
done 2>/dev/null
[ "$(ls "/proc/${drainer:?nobody reads}/fd")" = 0 ] || fail "it holds $(ls -l "/proc/$drainer/fd")"
[ "$(wc -c <"/proc/$drainer/environ")" = 0 ] || fail "it has an environment"
[ "$(tr '\0' ' ' <"/proc/$drainer/cmdline")" = "backstep-drain " ] || fail "it has our arguments"
[ "$(readlink "/proc/$drainer/cwd")" = / ] || fail "it is in our directory"
flock --nonblock backups/.backstep/lock true || fail "it holds the lock"
kill -TERM "$drainer"
answers three
kill -9 "$(cat pid)"
until_true 20 gone "$drainer"
