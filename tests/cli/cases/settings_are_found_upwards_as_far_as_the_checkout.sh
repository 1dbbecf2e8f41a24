# Wherever one stands beneath backstep.yml, it is the same tree, by hand and in CI; what lies above the
# checkout is nobody's.
mkdir -p checkout/deploy/a/b checkout/other
echo 'services_dir: nowhere' >backstep.yml
cd checkout || exit 1
mkdir .git
top=$PWD
(cd deploy && tree && echo 'keep_last: 3' >backstep.yml)
for here in deploy deploy/a/b deploy/services/action_service; do
  cd "$top/$here" || exit 1
  for ci in '' "$top"; do
    CI_PROJECT_DIR=$ci expect 0 backup
    says '✅ Backup created: backups/'
    rm out
  done
done
cd "$top/deploy" || exit 1
[ "$(backups | wc -l)" = 6 ] || fail 'not one store'
expect 0 list --json
[ "$(json 'len({s["digest"] for s in d["sets"]})')" = 1 ] || fail 'not one version'
# A named file lies where paths begin, wherever one stands.
cd "$top/other" || exit 1
expect 0 backup --config ../deploy/backstep.yml
missing "$top/other/backups"
[ "$(find "$top/deploy/backups" -maxdepth 1 -name '2*' | wc -l)" = 7 ] || fail 'not the same store'
# One that lies outside leaves it where one stands.
echo 'files: [mine]' >../../outside.yml
echo x >mine
mkdir services
expect 0 backup --config ../../outside.yml
holds backups/outside/2*/_files/mine x
