# Any process that can open the directory can lock it.
need flock
mkdir there
flock there tail -f /dev/null &
holder=$!
# shellcheck disable=SC2064 # the pid as it is now
trap "kill $holder \$(pgrep -P $holder) 2>/dev/null" EXIT
until_true 20 sh -c '! flock -n there true'
timeout 60 "$BACKSTEP" install there >out 2>&1
[ $? = 6 ] || fail 'not 6'
says "'there' is locked by another process"
missing there/backstep
