# A store in the checkout may have been forged: a set of the year 9999 with the last number there is, and a begin that
# waits for ever. A run goes on, or says how to.
need python3
a_good_v1
python3 "$CASES/../support/forged_set.py" --sequence 1000000000000 far.tar 9999-12-31_23-59-59 "$(entrypoint)=#!/bin/sh"
tar -C backups -xf far.tar
for word in v2 v3 v4 v5 v6 v7; do
  expect 0 run --generate "$(generate_word $word)" --deploy true --health-check true
done
# What came last is the last, as the catalog has it, whatever the forged numbers say.
before=$(backups | grep -v 9999 | tail -n 1)
expect 0 show latest
says "$before"
expect 20 run --generate "$(generate_word v8)" --deploy true --health-check '! grep -q v8 services/*/entrypoint.sh' --check-baseline=false
is_word v7

expect 0 begin --owner forged
edit_record 's/"guard_until":[0-9]*/"guard_until":253402300799/'
expect 0 run --deploy true --lock-wait 0s
no_journal

# A guard that may be true is waited for, and the way out is named while waiting and at the end.
expect 0 begin --owner other --guard-timeout 3650d
until=$(record | grep -o '"guard_until":[0-9]*' | cut -d: -f2)
[ "$until" -le $(($(date +%s) + 31 * 86400)) ] || fail "it guards until $until"
expect 11 run --deploy true --lock-wait 100ms
[ "$(grep -c "'backstep recover' ends it where nobody works on it any more" out)" -ge 2 ] || fail 'the way out is not named'
expect 0 recover
expect 0 run --deploy true --lock-wait 0s
