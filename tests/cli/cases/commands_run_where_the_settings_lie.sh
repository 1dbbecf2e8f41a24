# Text runs through `sh -ec` where backstep.yml lies, from wherever it was called, by hand and in CI; paths
# are told from there.
mkdir -p sub/deep/er
(cd sub && tree && echo 'rollback: false' >backstep.yml)
top=$PWD
ran_there() {
  [ "$(cat "$top/sub/where")" = "$top/sub" ] || fail "ran in $(cat "$top/sub/where")"
  rm "$top/sub/where"
}
cd sub/deep/er || exit
GITHUB_WORKSPACE=$top expect 23 run --generate "$(generate_word v1)" --deploy 'pwd >where; false; touch never'
ran_there
expect 23 run --deploy 'pwd >where; false; touch never'
ran_there
cd ../..
missing never
is_word v1
exists backups/.backstep
GITHUB_WORKSPACE=$top expect 0 show latest
says '  services/action_service/entrypoint.sh'
says_not sub/
