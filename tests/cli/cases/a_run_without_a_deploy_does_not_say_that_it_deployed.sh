tree
expect 0 run --generate "$(generate_word new)"
says '✔ Done; no deploy is set'
says_not 'Deployed'
expect 5 run --generate 'echo x >elsewhere; false' --deploy true
says 'no tracked file was changed, nothing was deployed'
expect 0 run --generate true --deploy 'echo "[$BACKSTEP_ENVIRONMENT_NAME]"'
says '[]'
expect 0 run --environment 'review/a b' --deploy 'echo "[$BACKSTEP_ENVIRONMENT_NAME]"'
says '[review/a b]'
expect 0 run --environment . --deploy 'echo "[$BACKSTEP_ENVIRONMENT_NAME]"'
says '[]'
