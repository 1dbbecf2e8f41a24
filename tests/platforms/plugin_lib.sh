# What the cases of plugins and pipes are written in: a checkout that the platform keeps, with two files
# beside the services that the settings name, and steps in it.
# shellcheck disable=SC2154 # what lib.sh sets
. "$CASES/../platforms/lib.sh"
cp -R source checkout
git -C checkout init --quiet
printf 'cat services.conf >a.yml\nrm -f b.yml\ncat services.conf >b.yml\n' >>checkout/generate.sh
echo a >checkout/a.yml && echo b >checkout/b.yml
chmod 640 checkout/a.yml && chmod 604 checkout/b.yml
chown -R 1001:1001 checkout

# step_says WORD [MODE]: what the step's generator will make, in files of its own user.
step_says_next() { printf '%s %s %s\n' action_service "${2:-755}" "$1" typesense_client_service "${2:-755}" "$1" >checkout/services.conf; }

# plugin_step STATUS PLATFORM SETTINGS [FLAG…]: the step ends with that exit code; its log is `out`.
plugin_step() {
  local wanted=$1 platform=$2 settings=$3 status=0
  shift 3
  build_number=$((${build_number:-0} + 1))
  rm -f checkout/reached
  python3 "$platforms/plugin_step.py" "$platform" "$settings" --workspace checkout --image "$IMAGE" \
    --build "$build_number" "$@" >out 2>&1 || status=$?
  [ "$status" = "$wanted" ] || fail "the step of $platform exited with $status, not $wanted"
  says_not 'Traceback'
  [ -z "$(docker ps --all --quiet --filter "volume=$PWD/checkout")" ] || fail 'a container is left'
}

# All that a rollback has to bring back, byte for byte, with mode and owner.
tracked() { (cd checkout && find services a.yml b.yml -type f -printf '%p %m %U:%G ' -exec sha256sum {} \; | sort); }
same_tracked() { [ "$(tracked)" = "$(cat good)" ] || fail "not the files that were good: $(tracked | diff - good)"; }
live_is() { [ "$(tail -n 1 checkout/deploys)" = "deployed $1" ] || fail "live is: $(cat checkout/deploys)"; }
# Owners and modes that neither a checkout nor the image's user would give them.
mark_owners() { chown 1001:4321 checkout/services/action_service/entrypoint.sh checkout/b.yml && chmod 711 checkout/services/action_service/entrypoint.sh; }

# A deploy that stays once, until somebody ends it.
deploy_stays() {
  printf '#!/bin/sh\n[ -e reached ] || { touch reached; exec tail -f /dev/null; }\n' | cat - source/deploy.sh >checkout/deploy.sh
}
deploy_goes() { cat source/deploy.sh >checkout/deploy.sh; }

# a_good_and_a_failed_step PLATFORM SETTINGS: v1 is live; a broken version goes back to it by itself.
a_good_and_a_failed_step() {
  step_says_next v1
  plugin_step 0 "$@"
  says 'the new version, healthy'
  live_is v1
  holds checkout/a.yml 'action_service 755 v1'
  mark_owners
  tracked >good

  step_says_next broken 700
  plugin_step 20 "$@"
  says 'Failed and rolled back'
  answer_says 'the old version, healthy again'
  same_tracked
  live_is v1
  missing "checkout/$journal"
}

# a_stopped_step PLATFORM SETTINGS: cancelled by TERM in its deploy; the files are back before the KILL.
a_stopped_step() {
  step_says_next v2 700
  deploy_stays
  plugin_step 143 "$@" --cancel-when checkout/reached
  answer_says 'unknown: the old files are back'
  same_tracked
  live_is v1
  deploy_goes
}
