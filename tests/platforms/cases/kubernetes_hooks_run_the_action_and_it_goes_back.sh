# GitHub's runner on Kubernetes runs the action in a pod of the step's own: tail keeps it alive, the files
# arrive as a tar, a script moves them to where they belong and becomes the entrypoint. Nothing is
# copied back, so what is live is what the commands did elsewhere, and the files are those of the pod.
. "$CASES/../platforms/lib.sh"
trap '[ -z "${pod-}" ] || docker rm --force "$pod" >/dev/null' EXIT

# quoted NAME=VALUE…: as the hook writes them into its script.
quoted() {
  local pair
  for pair in "$@"; do
    pair=${pair//\\/\\\\}
    pair=${pair//\"/\\\"}
    pair=${pair//\$/\\\$}
    printf '"%s" ' "${pair//\`/\\\`}"
  done
}

# in_pod STATUS NAME=VALUE…: the action with these inputs, in a new pod.
in_pod() {
  local wanted=$1 status=0
  shift
  [ -z "${pod-}" ] || docker rm --force "$pod" >/dev/null
  pod=$(docker run --detach --network none --entrypoint tail "$IMAGE" -f /dev/null)
  rm -rf work && mkdir -p work/__w/_temp/_github_home work/__w/_temp/_github_workflow work/__w/_temp/_runner_file_commands work/__w/project
  touch work/__w/_temp/_runner_file_commands/set_output_1 work/__w/_temp/_runner_file_commands/step_summary_1
  cp -R --preserve=all source work/__w/project/project
  cat >work/__w/_temp/step.sh <<SH
#!/bin/sh -l
rm "\$0" # remove script after loading
mkdir -p /github
mv /__w/_temp/_github_home /github/home
mv /__w/_temp/_github_workflow /github/workflow
mv /__w/_temp/_runner_file_commands /github/file_commands || true
mv /__w/project/project/ /github/workspace
cd /github/workspace
exec env $(quoted "$@" HOME=/github/home GITHUB_ACTIONS=true CI=true GITHUB_WORKSPACE=/github/workspace GITHUB_RUN_ID=7 \
  GITHUB_OUTPUT=/github/file_commands/set_output_1 GITHUB_STEP_SUMMARY=/github/file_commands/step_summary_1) /usr/local/bin/backstep
SH
  tar -C work -cf - __w | docker exec --interactive "$pod" tar xmf - -C /
  docker exec "$pod" sh -e /__w/_temp/step.sh >out 2>&1 || status=$?
  [ "$status" = "$wanted" ] || fail "the step exited with $status, not $wanted"
  rm -rf after && mkdir after && docker exec "$pod" tar -cf - -C /github . | tar -xf - -C after
}
in_files_of_pod() { [ "$(cat "after/workspace/$1")" = "$2" ] || fail "$1 is: $(cat "after/workspace/$1")"; }

chown -R 1001:1001 source && chown 1001:4321 source/services/action_service/entrypoint.sh
chmod 711 source/services/action_service/entrypoint.sh
files_of source >checked_out
project_says v1
in_pod 0 INPUT_COMMAND=run INPUT_GENERATE=./generate.sh INPUT_DEPLOY='./deploy.sh && echo "of `id -u`, $HOME" >>deploys' INPUT_HEALTH_CHECK=./check.sh
says 'the new version, healthy'
in_files_of_pod deploys "deployed v1
of 0, /github/home"
in_files_of_pod live/action_service "$(printf '#!/bin/sh\necho v1')"
holds after/file_commands/set_output_1 result
cell kubernetes 'good deploy' replayed

project_says broken 700
in_pod 20 INPUT_COMMAND=run INPUT_GENERATE=./generate.sh INPUT_DEPLOY=./deploy.sh INPUT_HEALTH_CHECK=./check.sh
says 'Failed and rolled back'
same_files after/workspace checked_out
[ "$(tail -n 1 after/workspace/deploys)" = 'deployed v0' ] || fail "live is: $(cat after/workspace/deploys)"
cell kubernetes rollback replayed
