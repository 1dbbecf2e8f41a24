# Three hosted runners, each a machine of its own: the first deploys v1, the second's v2 fails, and the third,
# whose v3 fails too, goes back to what the first one deployed.
fresh_project
quick_checks
deploys() { expect "$1" run --generate "$(generate_word "$2")" --deploy true --health-check "$says_v1"; }
on_runner one
deploys 0 v1
says 'Nothing is stored in refs/backstep'
says 'Stored in refs/backstep'
is_word v1
on_runner two
is_old
deploys 20 v2
is_word v1
on_runner three
is_old
deploys 20 v3
says 'the newest known good'
is_word v1
# It is one commit without a parent, and whoever looks from elsewhere sees all three runs.
[ "$(git -C "$project" rev-list --count "$(stored_commit)")" = 1 ] || fail 'the store has a past'
on_runner four
expect 0 status
says 'not known: no deploy is on record'
expect 0 pull
says 'Here is all that the remote holds'
expect 0 status
says 'remote     refs/backstep'
expect 0 history
[ "$(grep -c rolled_back out)" -ge 2 ] || fail 'the runs are not in the history'
expect 0 verify
