# `push` goes by what the remote holds, not by what was stored there once.
fresh_project
on_runner one
expect 0 run --deploy true
before=$(stored_commit)
git -C "$project" update-ref -d "$(git -C "$project" for-each-ref --format='%(refname)' refs/backstep)"
expect 0 push
says '✔ The remote has all that is here'
[ "$(stored_commit)" = "$before" ] || fail 'it was not stored again'
expect 0 push
says '✔ Nothing new'
# Another machine's is not written over, and the remote that is down is no success.
on_runner two
expect 0 run --generate "$(generate_word v2)" --deploy true
after=$(stored_commit)
cd "$shop/../one/web" || exit
expect 0 push
says '✔ Nothing new'
[ "$(stored_commit)" = "$after" ] || fail 'the store of another machine was changed'
[ "$(grep -c '"event":"accepted"' "$history")" = 2 ] || fail 'it was not merged'
mv "$project" "$project.away"
expect 7 push
last_line_says 'the store is only here'
says_not 'Nothing new'
