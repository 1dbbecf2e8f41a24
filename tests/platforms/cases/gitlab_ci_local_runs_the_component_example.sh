# examples/gitlab/component.gitlab-ci.yml in gitlab-ci-local: a good deploy, a broken one that goes back
# to what worked and came out of the repository, and a killed one that after_script settles. A later job reads
# from the dotenv report how it went.
. "$CASES/../platforms/gitlab_ci_local.sh"
cat >more.yml <<YAML
stages: [deploy, after]
deploy:
  artifacts: {paths: [deploys, seen_in_baseline, seen_in_health_check]}
told:
  stage: after
  image: $BASE_IMAGE
  when: always
  script: ['echo "told: \$BACKSTEP_RESULT, \$BACKSTEP_EXIT_CODE"']
YAML
example "$root/examples/gitlab/component.gitlab-ci.yml"
check_notes_files
cp "$project/generate.sh" generate.sh
echo 'chown 1234:4321 services/action_service/entrypoint.sh' >>"$project/generate.sh"
project_says v1 711
pipeline 0
says 'told: accepted, 0'
says 'no run is open'
# Each command is a section, which it reads as GitLab does.
for section in 1 2 3; do
  for word in _started$ ' took'; do
    grep -q "backstep_[0-9]*_$section$word" out || fail "no section $section$word"
  done
done
live_is v1
cp "$(artifact seen_in_health_check)" good
holds good 'services/action_service/entrypoint.sh 711 1234:4321'
cell gitlab 'good deploy' "gitlab-ci-local $version"
cell gitlab outputs "gitlab-ci-local $version"

cat generate.sh >"$project/generate.sh"
project_says broken 700
pipeline 1 --no-json-schema-validation deploy told
says 'Fetched from refs/backstep/it'
grep -q 'FAIL *20' out || fail 'the job did not fail with 20'
says 'told: rolled_back, 20'
same_files_as() { cmp "$(artifact seen_in_health_check)" "$1" || fail "not the files of $1: $(cat "$(artifact seen_in_health_check)")"; }
# On another machine nobody is the owner that an earlier job's generator had chosen, which is said.
sed 's/ 1234:4321/ 0:0/' good >good_here
same_files_as good_here
says 'services/action_service/entrypoint.sh (1234:4321)'
live_is v1
cell gitlab rollback "gitlab-ci-local $version"

# Killed in its deploy, as for want of memory: after_script goes back to what the checkout brought.
project_says v2 700
printf '%s\n' '#!/bin/sh' '[ -e reached ] || {' '  touch reached' \
  '  for p in $(cd /proc && ls -d [0-9]* | sort -n); do [ "$(cat /proc/$p/comm)" != backstep ] || break; done' \
  '  kill -9 $p' '  exec tail -f /dev/null' '}' | cat - "$platforms/project/deploy.sh" >"$project/deploy.sh"
pipeline 1 --no-json-schema-validation deploy told
says 'told: rolled_back, 20'
grep -q 'WARN *20 *after_script' out || fail 'after_script did not end with 20'
same_files_as "$(artifact seen_in_baseline)"
live_is v0
nothing_is_left
