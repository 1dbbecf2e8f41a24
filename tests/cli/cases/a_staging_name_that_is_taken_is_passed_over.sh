# What lies under the name by which a restore stages is not ours: git may have brought it.
tree
taken=services/action_service/.entrypoint.sh.backstep-new
mkdir $taken && echo theirs >$taken/x
expect 21 run --generate "$(generate_word new)" --deploy false --rollback-command true
is_old
is_old typesense_client_service
holds $taken/x theirs
[ "$(ls -A services/action_service)" = "$(printf '.entrypoint.sh.backstep-new\nentrypoint.sh')" ] || fail "something was left: $(ls -A services/action_service)"
crash_in rollback-command --generate "$(generate_word new)" --deploy false
edit_record 's/"phase":"restored"/"phase":"restoring"/'
expect 0 recover --keep
holds $taken/x theirs
