# SPDX-License-Identifier: Apache-2.0
# The failures of docs/failures.md, each made in a directory of its own: sourced after cli/lib.sh. Each
# function prints what a person sees, from the command that they type.

backstep() { "$BACKSTEP" "$@"; }

# show COMMAND…: the command, what it printed, and its exit code.
show() {
  printf '$ %s\n' "$*"
  "$@" 2>&1
  printf '(exit code %s)\n' "$?"
}

script() { printf '#!/bin/sh\n%s\n' "$2" >"$1" && chmod 755 "$1"; }  # script NAME TEXT

# Two services whose second version is broken; the first was deployed well.
shop() {
  tree action_service typesense_client_service
  cat >backstep.yml <<'YAML'
generate: ./generate.sh
deploy: ./deploy.sh
health_check: {test: ./check_health.sh, interval: 50ms, start_period: 0s, min_healthy_time: 0s}
YAML
  echo v1 >version
  # shellcheck disable=SC2016 # the generator expands it
  script generate.sh 'for service in action_service typesense_client_service; do
  printf "#!/bin/sh\nexec $service --version %s\n" "$(cat version)" >services/$service/entrypoint.sh
done'
  script deploy.sh 'grep -h exec services/*/entrypoint.sh >live
echo "restarted action_service"
echo "restarted typesense_client_service"'
  script check_health.sh 'grep -q v2 live || exit 0
echo "action_service does not answer at http://localhost:8080/health: 502 Bad Gateway"
exit 1'
  expect 0 run
  echo v2 >version
}

generator_fails() {
  shop
  script generate.sh 'echo "#!/bin/sh" >services/action_service/entrypoint.sh
echo "services.conf:7: typesense_client_service has no port"
exit 3'
  show backstep run
}

# In a container, or the advice is that of a machine.
deploy_program_missing() {
  shop
  export container=docker
  script deploy.sh 'echo "pushing action_service"
shipit push action_service'
  show backstep run
}

check_fails_and_rollback_helps() {
  shop
  show backstep run
}

rollback_does_not_help() {
  shop
  script check_health.sh '[ -e migrated ] || exit 0
echo "action_service: database at db:5432 has no table orders"
exit 1'
  script deploy.sh 'touch migrated
echo "restarted action_service"'
  show backstep run
}

# stopped_by SIGNAL: a run that gets it while its deploy is at work.
stopped_by() {
  script deploy.sh 'echo "restarted action_service"
touch reached
exec tail -f /dev/null'
  start run
  until_true 20 test -e reached
  # shellcheck disable=SC2154 # `start` sets it
  kill "-$1" "$started"
  ended 2>/dev/null
  stopped=$?
  nobody_is_at_work
}

killed_in_the_deploy() {
  shop
  stopped_by KILL
  script deploy.sh 'grep -h exec services/*/entrypoint.sh >live
echo "restarted action_service"'
  echo v3 >version
  show backstep status
  show backstep run
}

cancelled_in_the_deploy() {
  shop
  stopped_by TERM
  printf '$ backstep run\n'
  cat started.out
  printf '(exit code %s)\n' "$stopped"
}

# Times, durations, IDs and users are others each time; so is how a shell says "not found".
alike() {
  sed -E -e 's/\b[0-9a-f]{20}\b/UID/g' -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{2}-[0-9]{2}-[0-9]{2}/ID/g' \
    -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/TIME/g' -e 's/\b[0-9]+(\.[0-9])? s\b/TOOK/g' \
    -e 's/\b([0-9]+m)?[0-9]+s\b/TOOK/g' -e 's/digest [0-9a-f]{12}/digest DIGEST/' -e 's/uid [0-9]+/uid N/' \
    -e '/^   when:/s/TIME.*/TIME/' \
    -e 's/[^ ]*deploy\.sh: .*shipit: .*not found/shipit: not found/'
}
