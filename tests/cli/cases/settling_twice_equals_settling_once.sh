# I10: settling twice equals settling once.
tree
BEFORE="printf 'half\n' >$(entrypoint)" crash_in deploy --generate "$(generate_word new)" --rollback-command "exit 1"
cp "$journal" interrupted
expect 22 recover
once=$(snapshot services)
expect 22 recover
[ "$(snapshot services)" = "$once" ] || fail "a second recover changed the files"
cp interrupted "$journal"
expect 22 recover
[ "$(snapshot services)" = "$once" ] || fail "settling the same journal again changed the files"
is_old action_service
is_old typesense_client_service
