# A container with a script mounted as a single file keeps the failed one after a rollback. Where the check still
# fails, the advice says so: a mount table knows it, or Compose's file, or the script was written in place.
own_mounts
quick_checks
tree web
still_fails() { expect 21 run --generate "$1" --deploy true --health-check '[ ! -e deployed ]' --check-baseline false "${@:2}"; }
new='echo "#new" >>services/web/entrypoint.sh; touch deployed'
still_fails "$new"
says "both versions fail the check: look beyond these files"
says "at the check itself; and a container that mounts services/web/entrypoint.sh as a single file still has the failed one, for it was written in place: docker compose up -d --force-recreate makes it anew"
says "docker compose up -d --force-recreate"
# What was put there by a rename is in no container, unless Compose mounts it.
renamed='cp services/web/entrypoint.sh x; echo "#newer" >>x; mv x services/web/entrypoint.sh; touch deployed'
still_fails "$renamed"
says "both versions fail the check: look beyond these files"
says_not "single file"
printf 'services:\n  shop:\n    volumes: ["./services/web/entrypoint.sh:/entrypoint.sh:ro"]\n' >compose.yml
still_fails "$renamed"
says "shop, into which Compose mounts services/web/entrypoint.sh as a single file, may still have the failed one: "
says "docker compose up -d --force-recreate"
# A mount table is a proof.
rm -rf compose.yml backups seen
mkdir seen
touch seen/entrypoint.sh
mount --bind services/web/entrypoint.sh seen/entrypoint.sh 2>/dev/null || skip "no bind mount here"
expect 21 run --generate "$new" --deploy true --health-check '! grep -q new seen/entrypoint.sh' --check-baseline false
says "in a container perhaps, still has the failed services/web/entrypoint.sh mounted: docker compose up -d --force-recreate makes it anew"
