# The token may read and not write: the new version stays live, exit 7, and the last line says what to type.
# Where nothing is stored yet, the first push comes before anything changes, and such a token is known then.
fresh_project
serve_git
on_runner one
by_server
echo refuse >"$shop/behaviour"
expect 6 run --deploy 'touch deployed'
says '403'
missing deployed
rm "$shop/behaviour"
expect 0 run --deploy true
first=$(stored_commit)
quick_checks
expect 7 run --generate "$(generate_word v1)" --deploy "echo refuse >$shop/behaviour; touch deployed" --health-check true
is_word v1
exists deployed
says '⚠️ Warning: the record is only here'
says 'The requested URL returned error: 403'
answer_says 'the record is only here'
says '   backstep push'
[ "$(stored_commit)" = "$first" ] || fail 'the remote was changed'
no_journal
expect 0 status
says '           backstep push'
expect 7 push
rm "$shop/behaviour"
expect 0 push
[ "$(stored_commit)" != "$first" ] || fail 'it was not stored'
cp backstep.yml ci.yml
expect 7 run --config ci.yml --generate "$(generate_word v1)" --deploy "echo refuse >$shop/behaviour" --health-check true
says '   backstep push --config ci.yml'
rm "$shop/behaviour"
on_runner two
by_server
expect 0 pull
expect 0 history
says 'accepted'
