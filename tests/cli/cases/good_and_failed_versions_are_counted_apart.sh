# Complaint: failed versions use up the places of good ones. Each has its own count: what failed
# takes none of the backups' places, and backups take none of its.
a_good_v1
fails() { expect 20 run --generate "$(generate_word "$1")" --deploy true --health-check "$says_v1"; }
for word in f1 f2 f3 f3 f3; do fails $word; done
for word in v2 v3 v4; do backup_of $word; done
evidence() { ls backups/.backstep/failed; }
[ "$(evidence | wc -l)" = 5 ] || fail "evidence: $(evidence)"
expect 0 prune --keep-last 4 --keep-good 1 --keep-within 0 --keep-failed 2
[ "$(backups | wc -l)" = 4 ] || fail "kept: $(backups)"
# Three failures of f3 count once, so f2 is still there.
[ "$(evidence | wc -l)" = 2 ] || fail "evidence: $(evidence)"
grep -q 'echo f2' backups/.backstep/failed/*/action_service_entrypoint.sh || fail "f2 went"
expect 0 prune --keep-last 1 --keep-good 1 --keep-within 0 --keep-failed 2
[ "$(evidence | wc -l)" = 2 ] || fail "keep_last took evidence: $(evidence)"
expect 0 prune --keep-last 9 --keep-failed 0
[ -z "$(evidence)" ] || fail "evidence stayed"
expect 0 rollback --to last-good
is_word v1
