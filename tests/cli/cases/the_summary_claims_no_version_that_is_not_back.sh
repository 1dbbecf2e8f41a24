# What became of each changed service follows how the run ended, not that files were touched.
summary=commands/STEP_SUMMARY
mkdir -p services/a
quick_checks
on_github
expect 10 run --generate 'echo "#!/bin/sh" >services/a/entrypoint.sh' --deploy true --health-check 'exit 1'
holds $summary '| a | the failed version |'
says_not 'restored:'
! grep -F 'old version' $summary || fail 'it claims an old version'

a_good_v1
on_github 2
: >$summary
expect 22 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1" --rollback-command 'exit 3'
holds $summary '| action&#95;service | unknown |'
[ "$(output rolled_back)" = true ] || fail 'the files are back, and rolled_back says not'
expect 20 recover --rollback-command true --health-check "$says_v1"
: >$summary
on_github 3
expect 23 run --generate "$(generate_word v2)" --deploy 'exit 1' --rollback false
holds $summary '| action&#95;service | the failed version |'
