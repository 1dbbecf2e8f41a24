# Nobody must take it for a deploy: exit code, first and last words, output, annotation, summary, JSON,
# JUnit, and status and history long afterwards.
need python3
a_good_v1
on_github
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1" --report report.xml
grep -q '❌ Failed and rolled back to 20' out || fail 'no headline'
says 'live now: the old version, healthy again'
says_not '✔ Deployed'
is_output result rolled_back
is_output rolled_back true
is_output exit_code 20
obeyed | grep -q '^::error .*live now: the old version' || fail 'no error beside the job'
head -n 1 commands/STEP_SUMMARY | grep -q '^### ❌ Failed and rolled back to 20' || fail 'the summary begins otherwise'
holds report.xml '<failure'
unset GITHUB_ACTIONS
expect 0 status
says 'rolled back to it'
expect 0 history
last_line_says '  rolled_back  20    '
