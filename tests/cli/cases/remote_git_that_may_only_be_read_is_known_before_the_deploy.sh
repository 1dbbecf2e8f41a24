# A job of a pipeline starts on a machine that never stored anything: that its token may only read is said before
# anything changes. Who only looks is not asked for the right to write.
fresh_project
serve_git
on_runner one
by_server
expect 0 run --deploy true
on_runner two
by_server
on_github
echo refuse >"$shop/behaviour"
expect 6 run --deploy 'touch deployed'
last_line_says 'cannot use the remote, nothing was changed'
last_line_says '403'
last_line_says 'may not write it (on GitHub: permissions: {contents: write})'
missing deployed
expect 0 run --deploy 'touch deployed' --remote '{"git": "origin", "required": false}'
exists deployed
expect 0 pull
rm "$shop/behaviour"
expect 0 push
# Who has stored here before is not asked again.
: >"$shop/requests"
expect 0 run --generate "$(generate_word v2)" --deploy true
[ "$(grep -c 'service=git-receive-pack' "$shop/requests")" = 1 ] || fail "it was asked: $(cat "$shop/requests")"
