# The connection is cut before the server's answer: what the ref holds then tells that it is there.
fresh_project
serve_git
on_runner one
by_server
expect 0 run --deploy true
first=$(stored_commit)
expect 0 run --generate "$(generate_word v1)" --deploy "echo cut >$shop/behaviour"
says 'Stored in refs/backstep'
[ "$(stored_commit)" != "$first" ] || fail 'it was not stored'
