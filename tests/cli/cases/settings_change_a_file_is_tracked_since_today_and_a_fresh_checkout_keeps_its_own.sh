# Each run works in a fresh checkout that brings v0. A failed one goes back to v2, and where v2 never looked
# to what this checkout brought.
in_shared_store one; echo "services: {}" >compose.yml
run_version 0 v1
in_shared_store two; echo "services: {}" >compose.yml
run_version 0 v2
in_shared_store three; echo "services: brought" >compose.yml
GENERATE='echo "services: v3" >compose.yml' run_version 20 v3 --files compose.yml
is_word v2
is_word v2 typesense_client_service
[ "$(cat compose.yml)" = "services: brought" ] || fail "compose.yml is $(cat compose.yml)"
says_about compose.yml "no earlier version"
answer_says "live now:"
