# Two jobs at once, each on a machine of its own: who comes second merges the other's store and stores both.
fresh_project
on_runner one
expect 0 begin
on_runner two
expect 0 run --generate "$(generate_word v2)" --deploy true
cd "$shop/../one/web" || exit
sh -c "$(generate_word v1)"
expect 0 finish --status success
on_runner three
expect 0 pull
[ "$(grep -c '"event":"accepted"' "$history")" = 2 ] || fail "the remote has not both runs: $(cat "$history")"
expect 0 verify
# What is stored already is not stored again.
before=$(stored_commit)
expect 0 push
says 'Nothing new'
expect 0 finish --status success
[ "$(stored_commit)" = "$before" ] || fail 'the same store is another commit'
