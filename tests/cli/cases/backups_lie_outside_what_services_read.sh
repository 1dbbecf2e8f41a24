# Nothing of ours ever lies beside a script, where a service or a glob would take it for its own.
a_good_v1
names=$(find services | sort)
expect 20 run --files 'services/*/*' --generate "$(generate_word v2)" --health-check "$says_v1" \
  --deploy 'find services | sort >seen'
[ "$(cat seen)" = "$names" ] || fail "the deploy saw: $(cat seen)"
expect 0 rollback --to last-good
[ "$(find services | sort)" = "$names" ] || fail "left behind: $(find services | sort)"
# A glob over everything finds none of them.
expect 0 backup --files '*,*/*,*/*/*'
expect 0 show latest
says services/action_service/entrypoint.sh
says_not ' backups/'
