# A container with a script mounted as a single file keeps the failed one after a rollback. Where the check still
# fails, the next steps say so: a mount table knows it, or Compose's file, or the script was written in place.
own_mounts
quick_checks
tree web
still_fails() { expect 21 run --generate "$1" --deploy true --health-check '[ ! -e deployed ]' --check-baseline false "${@:2}"; }
new='echo "#new" >>services/web/entrypoint.sh; touch deployed'
still_fails "$new"
says "1. both versions fail the check: look at what they need"
says "3. make anew a container that mounts services/web/entrypoint.sh as a single file, for it still has the failed one:"
says "                docker compose up -d --force-recreate"
# What was put there by a rename is in no container, unless Compose mounts it.
renamed='cp services/web/entrypoint.sh x; echo "#newer" >>x; mv x services/web/entrypoint.sh; touch deployed'
still_fails "$renamed"
says "1. both versions fail the check: look at what they need"
says_not "single file"
printf 'services:\n  shop:\n    volumes: ["./services/web/entrypoint.sh:/entrypoint.sh:ro"]\n' >compose.yml
still_fails "$renamed"
says "make shop anew, into which Compose mounts services/web/entrypoint.sh, for it may still have the failed one:"
says "docker compose up -d --force-recreate"
# A mount table is a proof.
rm -rf compose.yml backups seen
mkdir seen
touch seen/entrypoint.sh
mount --bind services/web/entrypoint.sh seen/entrypoint.sh 2>/dev/null || skip "no bind mount here"
expect 21 run --generate "$new" --deploy true --health-check '! grep -q new seen/entrypoint.sh' --check-baseline false
says ", which still has the failed services/web/entrypoint.sh mounted:"
says "docker compose up -d --force-recreate"
