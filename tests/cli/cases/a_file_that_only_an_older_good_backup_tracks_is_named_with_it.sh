# Once its path was mistyped, and a version was accepted without it. The older backup that has it is named.
quick_checks
tree
echo good >config.env
check=(--health-check '! grep -q broken services/action_service/entrypoint.sh')
expect 0 run --files config.env --generate "$(generate_word one)" --deploy true "${check[@]}"
expect 0 run --files confg.env --generate "$(generate_word two)" --deploy true "${check[@]}"
# A fresh checkout brings other scripts, so that this run's backup is nothing that is known.
tree
echo checkout >config.env
expect 20 run --files config.env --generate "$(generate_word broken)" --deploy true "${check[@]}"
grep -q '^config.env: not tracked by this backup, but by 2.*, so it is left as this run found it' out || fail "no word of the older one"
says_not 'no earlier version known'
holds config.env checkout
