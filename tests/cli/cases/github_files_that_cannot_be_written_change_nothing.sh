# Outputs and summary are reports: trouble with them is said, and the run ends as it would have.
tree
on_github
export GITHUB_OUTPUT=$PWD/nowhere/output GITHUB_STEP_SUMMARY=$PWD
expect 0 run --generate "$(generate_word v1)" --deploy true
is_word v1
says 'GITHUB_OUTPUT was not written: cannot open'
says 'GITHUB_STEP_SUMMARY was not written: cannot open'

mkfifo pipe
export GITHUB_OUTPUT=$PWD/pipe GITHUB_STEP_SUMMARY=
expect 5 run --generate 'exit 7' --deploy true
says 'GITHUB_OUTPUT was not written'

unset GITHUB_OUTPUT GITHUB_STEP_SUMMARY
expect 0 run --generate "$(generate_word v2)" --deploy true
says_not 'was not written'
