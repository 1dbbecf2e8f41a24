# A core would hold the secrets of the environment. The limit is ours alone: a command has the caller's.
tree
ulimit -c 0 2>/dev/null || skip 'no limits here'
hard=$(ulimit -H -c)
ulimit -S -c "$hard"
expect 0 run --deploy 'grep "^Max core" /proc/self/limits >of_a_command; grep "^Max core" "/proc/$(ps -o ppid= -p $PPID | tr -d " ")/limits" >ours'
wanted=$(grep '^Max core' /proc/self/limits)
[ "$(cat of_a_command)" = "$wanted" ] || fail "a command has $(cat of_a_command), not $wanted"
[ "$(awk '{ print $5 }' ours)" -le 1 ] || fail "ours is $(cat ours)"
# What we become is a command too.
"$BACKSTEP" sh -c 'grep "^Max core" /proc/self/limits' >out
[ "$(cat out)" = "$wanted" ] || fail "a shell has $(cat out)"
