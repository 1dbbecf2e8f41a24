# Later steps read how it ended: eight outputs, in the one form that no value can break.
need python3
tree
quick_checks
on_github
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check "$says_v1"
is_output result accepted
is_output exit_code 0
is_output backup "$(newest)"
is_output restored_from ''
is_output rolled_back false
is_output changed_services action_service,typesense_client_service
is_output failed_services ''
is_output attempts 1

on_github 2
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
is_output result rolled_back
is_output exit_code 20
is_output rolled_back true
is_output failed_services action_service,typesense_client_service
[ -n "$(output restored_from)" ] || fail 'restored_from is empty'

# Nobody can guess where a value ends: every run has its own delimiter.
first=$(sed -n 's/^result<<//p' commands/OUTPUT)
on_github 3
expect 0 run --generate true --deploy true
[ "$first" != "$(sed -n 's/^result<<//p' commands/OUTPUT)" ] || fail 'the delimiter is the same again'
