# What the cases of act are written in: jobs that act runs, with nothing fetched and nothing pulled.
# shellcheck disable=SC2034,SC2154 # what lib.sh sets, and what the cases read
client='act 0.2.87'
act=$(XDG_CACHE_HOME=$(dirname "$CLIENTS") "$platforms/clients/get_act.sh" --where)
[ -x "$act" ] || skip "act is not here; platforms.get_act says why"

# The actions as a release writes them: with the image in both files.
mkdir -p action/setup act_cache
sed "s,^  image: Dockerfile\$,  image: docker://$IMAGE," "$root/action.yml" >action/action.yml
holds action/action.yml "docker://$IMAGE"
sed "0,/^    default: ''\$/s,,    default: '$IMAGE'," "$root/setup/action.yml" >action/setup/action.yml
holds action/setup/action.yml "$IMAGE"
cp "$root/setup/install.sh" action/setup/
git init -q --bare origin.git
(cd source && git init -q -b main && git remote add origin "$PWD/../origin.git" && git add . && git -c user.name=you -c user.email=you@example.com commit -qm project)

# The examples name it by a commit.
upload_action=$(sed -n 's,.*uses: \(actions/upload-artifact@[^ ]*\).*,\1,p' "$root/examples/github/setup.yml")

start_act() { # start_act WORKFLOW [FLAG…]: in the background; its pid is in `act_pid`, its log is `out`
  local workflow=$1
  shift
  run_number=$((${run_number:-0} + 1))
  rm -rf workspace
  # exec: the signal of a cancel is for act alone.
  # shellcheck disable=SC2094
  (WORKSPACE_COPY=$PWD/workspace XDG_CACHE_HOME=$PWD/act_cache \
    exec "$act" push --directory source --workflows "$workflow" --pull=false --rebuild=false \
    --action-offline-mode --no-cache-server --rm --env "GITHUB_RUN_ID=$run_number" --env GITHUB_RUN_ATTEMPT=1 \
    --local-repository "OWNER/backstep@v1=$PWD/action" \
    --local-repository "$upload_action=$platforms/clients/actions_upload" "$@") >out 2>&1 </dev/null &
  act_pid=$!
  # shellcheck disable=SC2064 # the process as it is now
  trap "kill -9 $act_pid 2>/dev/null; :" EXIT
}

ends_with() { # ends_with STATUS: the exit code, and what the log says of the job
  local status=0
  wait "$act_pid" || status=$?
  [ "$status" = "$1" ] || fail "act exited with $status, not $1"
  case $status in
    0) says 'Job succeeded' ;;
    *) says 'Job failed' ;;
  esac
  says_not 'panic:'
}

act_job() { # act_job STATUS WORKFLOW [FLAG…]
  local wanted=$1
  shift
  start_act "$@"
  ends_with "$wanted"
}

# As by Ctrl-C: act ends the step, and runs those with `if: always()`.
cancel_at() { # cancel_at FILE WORKFLOW [FLAG…]
  local file=$1
  shift
  start_act "$@"
  until_true 60 test -e "$file"
  kill -INT "$act_pid"
  ends_with 1
  says 'Reevaluate condition'
}

# hang_in_deploy: the next deploy, and none after it, stays until it is killed; then `reached` is there.
hang_in_deploy() {
  local stay="[ -e '$PWD/reached' ] || { touch '$PWD/reached'; exec tail -f '$PWD/reached'; }"
  sed -i "s#^set -eu\$#&\n$stay#" source/deploy.sh
  holds source/deploy.sh "$PWD/reached"
}

# What a later job step, and act's own log, see of the step that just ended.
outputs_say() { says "::set-output:: $1=$2"; }
live_is() { [ "$(tail -n 1 "${2:-workspace}/deploys")" = "deployed $1" ] || fail "live is: $(cat "${2:-workspace}/deploys")"; }

# Containers and volumes bear the name of the workflow and the job. act-toolcache is for all jobs, and
# act's own to keep.
nothing_of_the_job_is_left() {
  [ -z "$(docker ps --all --quiet --filter name=act-deploy-deploy)" ] || fail "left: $(docker ps --all --filter name=act-deploy-deploy)"
  [ -z "$(docker volume ls --quiet --filter name=act-deploy-deploy)" ] || fail "left: $(docker volume ls)"
}
