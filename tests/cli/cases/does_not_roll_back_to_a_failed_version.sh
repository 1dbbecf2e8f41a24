# Neither by itself nor by hand, unless it is named; where every other backup is known bad, that is said.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
# Deployed once more without a check, the failed version comes into a backup.
expect 0 run --generate "$(generate_word v2)" --deploy true
expect 20 run --generate "$(generate_word v3)" --deploy true --health-check "$says_v1"
is_word v1
expect 0 run --generate "$(generate_word v3)" --deploy true
expect 0 mark untested
expect 0 rollback --files-only
is_word v1
expect 0 run --generate "$(generate_word v2)" --deploy true
sh -c "$(generate_word v4)"; expect 0 backup
sh -c "$(generate_word v5)"; expect 0 mark bad latest
expect 0 rollback --dry-run
says "known bad and passed over: $(newest)"
expect 0 rollback --to latest --files-only
grep -q "^⚠️ Warning: $(newest) is known bad: marked bad by a human" out || fail 'no warning of the one that was named'
is_word v4

rm -r backups/2* backups/.backstep/good/2*
expect 0 backup
sh -c "$(generate_word v5)"
expect 10 rollback
says 'every backup that differs from what lies there is known bad'
one_line
is_word v5
# Without a check the files before are the target, but not when they are known bad.
rm -rf backups services; a_good_v1
sh -c "$(generate_word v2)"; expect 0 mark bad
expect 21 run --generate "$(generate_word v3)" --deploy 'exit 3' --rollback-command true
is_word v1
