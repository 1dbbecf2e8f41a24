# Only files that differ are touched: the others keep inode and times.
tree
before=$(stat -c '%i %y %z' "$(entrypoint typesense_client_service)")
expect 21 run --generate 'printf "#!/bin/sh\necho new\n" >services/action_service/entrypoint.sh' --deploy '! grep -q new services/*/entrypoint.sh'
is_old
[ "$(stat -c '%i %y %z' "$(entrypoint typesense_client_service)")" = "$before" ] || fail "the unchanged file was touched"
says_not "Restored typesense_client_service"
