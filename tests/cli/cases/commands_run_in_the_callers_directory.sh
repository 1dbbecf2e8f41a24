# Text runs through `sh -ec` where the step was called; settings are read there, paths are told from the workspace.
mkdir -p sub
(cd sub && tree && echo 'rollback: false' >backstep.yml)
cd sub || exit
GITHUB_WORKSPACE=$(dirname "$PWD") expect 23 run --generate "$(generate_word v1)" --deploy 'pwd >where; false; touch never'
[ "$(cat where)" = "$PWD" ] || fail "ran in $(cat where)"
missing never
is_word v1
exists backups/.backstep
expect 0 show latest
says sub/services/action_service/entrypoint.sh
