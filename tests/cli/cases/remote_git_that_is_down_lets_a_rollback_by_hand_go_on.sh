# At night the store here is enough: a rollback by hand says that the remote cannot be reached, goes on, and
# ends with 7, because its record is only here. `status` then names what is left to do.
fresh_project
quick_checks
on_runner one
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check true
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check true
mv "$project" "$project.away"
expect 6 run --deploy true
is_word v2
expect 7 rollback --to previous --deploy 'touch redeployed'
says '⚠️ Warning: the store cannot be fetched, this goes on with what is here'
is_word v1
exists redeployed
answer_says '⚠️ Rolled back; live now:'
says_not 'Please make sure'
answer_says 'the record is only here'
says '             backstep push'
no_journal
expect 0 status
says 'and not all that is here is there'
says '           backstep push'
expect 7 push
mv "$project.away" "$project"
expect 0 push
says 'Stored in refs/backstep'
expect 0 status
says_not 'not all that is here is there'
says_not '           backstep push'
# Where nothing is here, nothing is made up.
on_runner two
git remote set-url origin "$project.gone"
expect 10 rollback --deploy true
says 'the store cannot be fetched, this goes on with what is here'
last_line_says 'No backups found'
