# What everybody can read holds no secrets by accident: where the platform says that the repository is public,
# the store is not put into it before somebody allows that.
fresh_project
on_runner one
export CI_PROJECT_VISIBILITY=public
expect 2 run --deploy 'touch deployed'
says 'this repository is public'
missing deployed
[ -z "$(stored_commit)" ] || fail 'something was stored'
expect 2 push
unset CI_PROJECT_VISIBILITY
printf '{"repository": {"private": false}}' >event.json
export GITHUB_EVENT_PATH=$PWD/event.json
expect 2 run --deploy 'touch deployed'
printf '{"repository": {"private": true}}' >event.json
expect 0 run --deploy true
printf '{"repository": {"private": false}}' >event.json
expect 0 run --deploy true --remote '{"public": true}'
git init --quiet --bare "$shop/store.git"
expect 0 run --deploy true --remote "{\"git\": \"$shop/store.git\"}"
git -C "$shop/store.git" for-each-ref | grep -q 'refs/backstep/.*shop/web/-$' || fail 'the ref does not tell the project'
