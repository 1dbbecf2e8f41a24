# The rollback command gets the commit of the run that brought the good files as an image tag, and never
# that of the pipeline in which somebody marked them good.
quick_checks
tree
as_job 1 c0ffee expect 0 run --generate "$(generate_word v1)" --deploy true --health-check true
as_job 2 badc0de expect 0 run --generate "$(generate_word v2)" --deploy true
v1=$(ls backups/.backstep/good | head -n 1)
as_job 3 feedbee expect 0 mark good "$v1"
as_job 4 0ddba11 expect 21 run --generate "$(generate_word v3)" --deploy 'exit 9' \
  --rollback-command 'printf %s "$BACKSTEP_GOOD_REVISION" >tag'
[ "$(cat tag)" = c0ffee ] || fail "the tag is $(cat tag)"
# Never checked, so nothing but the mark says good; the history still knows who brought them.
as_job 5 feedbee expect 0 mark good "$(ls backups/.backstep/good | tail -n 1)"
as_job 6 0ddba11 expect 21 run --generate "$(generate_word v3)" --deploy 'exit 9' \
  --rollback-command 'printf %s "$BACKSTEP_GOOD_REVISION" >tag'
[ "$(cat tag)" = badc0de ] || fail "the tag is $(cat tag)"
