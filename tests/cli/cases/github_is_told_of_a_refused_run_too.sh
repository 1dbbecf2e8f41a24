# GitHub shows nobody the exit code, so a run that is refused before it begins has outputs as well.
need python3
tree
on_github
expect 2 run --deploy true --keep-last many
is_output result not_started
is_output exit_code 2
obeyed | grep -q '^::error title=backstep::.*many' || fail 'no annotation'
holds commands/STEP_SUMMARY 'nothing was changed'

on_github
mkdir services/b services/b/entrypoint.sh
expect 6 run --deploy true
is_output exit_code 6
