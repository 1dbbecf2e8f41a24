# Without its store a run would not know where to go back to: exit 6, and nothing has run. Where the remote is
# not required, that is said and the run goes on. What is not there yet is no trouble.
fresh_project
on_runner one
mv "$project" "$project.away"
before=$(snapshot)
expect 6 run --generate 'touch generated' --deploy 'touch deployed'
last_line_says 'cannot use the remote, nothing was changed'
says 'does not appear to be a git repository'
missing generated
missing deployed
missing backups/.backstep/journal.json
[ "$(snapshot)" = "$before" ] || fail 'something has changed'
expect 6 begin
expect 6 pull
expect 0 run --deploy 'touch deployed' --remote '{"git": "origin", "required": false}'
says 'the store cannot be fetched, this goes on with what is here'
says 'the record is only here'
exists deployed
mv "$project.away" "$project"
expect 0 run --deploy true
