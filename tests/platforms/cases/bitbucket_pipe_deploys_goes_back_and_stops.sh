# Bitbucket's call of a pipe: its variables keep their names, so they are called BACKSTEP_….
. "$CASES/../platforms/plugin_lib.sh"
cat >step.yml <<'YAML'
BACKSTEP_GENERATE: ./generate.sh
BACKSTEP_DEPLOY: ./deploy.sh
BACKSTEP_HEALTH_CHECK: ./check.sh
BACKSTEP_CHECK_BASELINE: true
BACKSTEP_FILES: a.yml,b.yml
YAML
a_good_and_a_failed_step bitbucket step.yml
cell bitbucket 'good deploy' replayed
cell bitbucket rollback replayed

a_stopped_step bitbucket step.yml
cell bitbucket cancel replayed
