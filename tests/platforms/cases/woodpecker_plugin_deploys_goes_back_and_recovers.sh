# Woodpecker's call of a plugin: settings as PLUGIN_ variables, lists joined by commas. A cancel is a
# KILL at once, so the next step settles what it left.
. "$CASES/../platforms/plugin_lib.sh"
cat >step.yml <<'YAML'
generate: ./generate.sh
deploy: ./deploy.sh
health-check: ./check.sh
health.retries: 2
check_baseline: true
keep_last: 5
files: [a.yml, b.yml]
YAML
a_good_and_a_failed_step woodpecker step.yml
cell woodpecker 'good deploy' replayed
cell woodpecker rollback replayed

step_says_next v2 700
deploy_stays
plugin_step 137 woodpecker step.yml --cancel-when checkout/reached
holds "checkout/$journal" deploying
[ "$(tracked)" != "$(cat good)" ] || fail 'nothing was cut short'
# The next one is another pipeline, of the same commit: the files are back before it begins.
deploy_goes
sed -i '2i tr -d "\n" <a.yml >a.seen' checkout/generate.sh
step_says_next broken 700
plugin_step 20 woodpecker step.yml
holds checkout/a.seen 'action_service 755 v1'
same_tracked
live_is v1
missing "checkout/$journal"
cell woodpecker cancel replayed
