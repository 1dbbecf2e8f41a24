# [Any other file is restored] by another if the commit is known and the same: two unknown ones are not.
tree
BACKSTEP_OWNER=first BEFORE="printf 'half\n' >$(entrypoint)" crash_in deploy --generate "$(generate_word new)"
expect 0 run --deploy true --owner second
says "services/action_service/entrypoint.sh was changed after run"
[ "$(cat "$(entrypoint)")" = half ] || fail "the file was not kept"
is_old typesense_client_service
