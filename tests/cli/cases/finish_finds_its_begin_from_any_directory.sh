# `begin` hands on where it began, by the files of GitHub; `finish` needs nothing else, though the run of
# another lies open where it is called.
mkdir app elsewhere
cd app || exit
tree
cat >production.yml <<'EOF'
health_check: {test: "! grep -q bad services/action_service/entrypoint.sh", interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}
rollback: {command: "true"}
EOF
: >env.txt
GITHUB_ENV=$PWD/env.txt expect 0 begin --config production.yml
sh -c "$(generate_word bad)"
# shellcheck disable=SC2046 # NAME=VALUE lines without blanks
export $(cat env.txt)
cd ../elsewhere || exit
expect 20 finish --status success
cd ../app || exit
is_old
[ ! -e backups/production/.backstep/journal.json ] || fail 'the run is still open'
