# Lists end with their tenth line and say how many more there are; -v shows all.
# shellcheck disable=SC2046 # a word a service
tree $(seq -f s%g 1 25)
lines() { [ "$(grep -c "$2" out)" = "$1" ] || fail "$(grep -c "$2" out) lines say: $2"; }
run=(run --check-baseline false --generate "$(generate_word v1)" --deploy 'exit 1' --rollback-command true)
expect 0 "${run[@]}" --dry-run
lines 10 '^  services/s'
says '… and 15 more (-v shows all)'
expect 0 "${run[@]}" --dry-run -v
lines 25 '^  services/s'
expect 21 "${run[@]}"
lines 10 '^✅ Generated'
lines 10 '^✅ Restored'
lines 2 '^… and 15 more (-v shows all)$'
expect 21 "${run[@]}" --verbose
lines 25 '^✅ Generated'
lines 25 '^✅ Restored'
says_not 'more (-v'
