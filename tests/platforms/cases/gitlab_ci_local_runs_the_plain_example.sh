# examples/gitlab/plain.gitlab-ci.yml in gitlab-ci-local: backstep's own image is the job's image.
. "$CASES/../platforms/gitlab_ci_local.sh"
cat >more.yml <<'YAML'
deploy:
  artifacts: {paths: [deploys, seen_in_health_check, seen_in_baseline]}
YAML
example "$root/examples/gitlab/plain.gitlab-ci.yml"
check_notes_files
project_says v1
pipeline 0
says 'the new version, healthy'
says 'no run is open'
live_is v1
cell gitlab 'good deploy' "gitlab-ci-local $version"

# Nothing is kept from one pipeline to the next here: it goes back to what the checkout brought.
project_says broken 700
pipeline 1 --no-json-schema-validation
says 'the old version, healthy again'
grep -q 'FAIL *20' out || fail 'the job did not fail with 20'
cmp "$(artifact seen_in_baseline)" "$(artifact seen_in_health_check)" || fail 'not the files of the checkout'
live_is v0
cell gitlab rollback "gitlab-ci-local $version"
nothing_is_left
