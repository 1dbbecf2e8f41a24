# `recover` settles as the owner would: whoever calls it.
tree
BEFORE="printf 'half\n' >$(entrypoint)" as_job 1 aaaa \
  crash_in deploy --generate "$(generate_word new)" --rollback-command true
as_job 2 bbbb expect 21 recover
is_old action_service
grep -rqx half backups/.backstep/failed || fail "what the deploy left is not in the evidence"
no_journal
