# `ulimit -f`: SIGXFSZ, which would kill, is ignored in us and not in our commands.
tree
head -c 300k /dev/zero >>"$(entrypoint)"
limited() { (ulimit -f 100; "$BACKSTEP" "$@") >out 2>&1; }

limited backup
[ $? = 6 ] || fail "not 6: $(cat out)"
says "action_service_entrypoint.sh': File too large"
one_line
[ "$(ls -A backups)" = .backstep ] || fail "half a backup: $(ls -A backups)"

# A rollback by hand that meets it: nothing half, and recover goes on without the limit.
old=$(snapshot)
expect 0 backup
sh -c "$(generate_word v1)"
limited rollback --files-only
[ $? = 22 ] || fail "not 22: $(cat out)"
says "cannot write 'services/action_service/entrypoint.sh': File too large"
is_word v1
is_word v1 typesense_client_service
[ -z "$(find services -name '.*')" ] || fail "left over"
expect 0 recover
[ "$(snapshot)" = "$old" ] || fail "not restored"

# In a command the signal kills, as anywhere else.
sh -c "$(generate_word v1)"
limited run --generate 'head -c 300k /dev/zero >large' --deploy true
[ $? = 5 ] || fail "not 5: $(cat out)"
limited run --generate 'cat /proc/self/status >status; exec head -c 300k /dev/zero >large' --deploy true
says "generate was killed by signal 25"
ignored=$((16#$(awk '/^SigIgn:/ { print $2 }' status)))
[ $((ignored >> 24 & 1)) = 0 ] || fail "commands ignore SIGXFSZ"
