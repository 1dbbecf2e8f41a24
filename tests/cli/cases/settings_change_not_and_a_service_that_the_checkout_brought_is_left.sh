# v2 looked for services and did not see this one, but it lay there when the run began.
tree
run_version 0 v1
run_version 0 v2
tree brought
before=$(stat -c '%i %s %a' "$(entrypoint brought)")
quick_checks
expect 20 run --deploy true --check-baseline false --health-check "$not_v3" --generate "printf '#!/bin/sh\necho v3\n' >$(entrypoint)"
is_word v2
is_word v2 typesense_client_service
is_old brought
[ "$(stat -c '%i %s %a' "$(entrypoint brought)")" = "$before" ] || fail "the script that was brought was touched"
says_not "Removed"
