# Forty services of five teams: a broken one goes back alone, by its path, and so does one that is named by hand.
cp -R "$CASES/../../examples/monorepo" tree
cd tree || exit 1
for team in team1 team2 team3 team4 team5; do
  for name in a b c d e f g h; do echo "$team/$name v1"; done
done >services.txt
expect 0 run -v
says '✅ Generated entrypoint.sh for team3/d'
says '✅ health check passed: 40 services passed'
expect 0 lint
says '✔ 40 scripts, nothing found'
expect 0 check
expect 0 backup
first=$(newest)
sed -i 's|^team2/c v1|team2/c broken|; s|^team4/f v1|team4/f v2|' services.txt
expect 20 run
says '❌ health check of team2/c failed'
says '✅ Restored team2/c from '
holds running/team2/c/answer 'team2/c v1'
holds running/team4/f/answer 'team4/f v2'
sed -i 's|broken|v2|' services.txt
expect 0 run
expect 0 rollback --service team4/f --to "$first"
holds running/team4/f/answer 'team4/f v1'
holds running/team2/c/answer 'team2/c v2'
# A shell completes them, and what is told of them names them by their path.
"$BACKSTEP" completion words -- rollback --service '' >out
says 'team5/h'
expect 0 diff --stat
says 'apps/team4/f/entrypoint.sh'
# A services_dir that is one level short finds none of them, and what would is named.
expect 5 run --services-dir apps
says "0 of 5 directories in 'apps' hold entrypoint.sh; 40 lie elsewhere: "
says "services_dir: 'apps/**' would track them"
