# Drone's call of a plugin: as Woodpecker's, on a server that says DRONE. A cancel is TERM.
. "$CASES/../platforms/plugin_lib.sh"
cat >step.yml <<'YAML'
generate: ./generate.sh
deploy: ./deploy.sh
health_check: ./check.sh
files: [a.yml, b.yml]
YAML
a_good_and_a_failed_step drone step.yml
cell drone 'good deploy' replayed
cell drone rollback replayed

a_stopped_step drone step.yml
cell drone cancel replayed
