# [Any other file is restored] by another if the commit is known and the same.
tree
BEFORE="printf 'half\n' >$(entrypoint)" as_job 1 aaaa crash_in deploy --generate "$(generate_word new)"
as_job 2 aaaa expect 0 run --deploy true
says_not "kept as it is"
is_old action_service
grep -rqx half backups/.backstep/failed || fail "what the deploy left is not in the evidence"
