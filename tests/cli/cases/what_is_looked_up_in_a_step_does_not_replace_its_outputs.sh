# Only what ends a step reports its end: a refused `show` after a run says nothing of the run.
need python3
tree
on_github
expect 0 run --generate true --deploy true
sum=$(sha256sum commands/STEP_SUMMARY)
expect 2 show nope
expect 2 probe nonsense
expect 2 hisotry
is_output result accepted
[ "$sum" = "$(sha256sum commands/STEP_SUMMARY)" ] || fail 'the summary has grown'
expect 2 run --keep-last many
is_output result not_started
INPUT_COMMAND=rnu expect 2
is_output exit_code 2
