# The action with `command: run`, cancelled as GitHub does it while each of the commands runs: the files
# are back before it sends its KILL after ten seconds, and the post stage pays what is owed.
. "$CASES/../platforms/lib.sh"
cat >workflow.yml <<'YAML'
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11d5960a326750d5838078e36cf38b85af677262 # v4.4.0
        with: {clean: false}
      - id: backstep
        uses: OWNER/backstep@v1
        with: {generate: ./generate.sh, deploy: ./deploy.sh, health_check: ./check.sh, rollback_command: ./again.sh}
YAML
printf '#!/bin/sh\n. ./stay\n./deploy.sh\n' >source/again.sh && chmod 755 source/again.sh
: >source/stay
sed -i 's/^set -eu$/&\n. .\/stay/' source/deploy.sh source/check.sh
echo '. ./stay' >>source/generate.sh  # when the files are new already
cat >source/stay <<'SH'
case $BACKSTEP_PHASE in "$(cat stay_in)") [ -e reached ] || { touch reached; exec tail -f /dev/null; } ;; esac
SH
echo none >source/stay_in

# How long the files took to come back, in milliseconds, while the job goes on.
watch() {
  until_true 60 test -e "$checkout/reached"
  began=$(date +%s%N)
  until_true 20 sh -c '[ "$(cd "$1" && find services -type f -printf "%p %m %U:%G " -exec sha256sum {} \; | sort)" = "$(cat good)" ]' - "$checkout"
  echo $((($(date +%s%N) - began) / 1000000)) >back
}

cancel_in() {  # cancel_in PHASE WORD POST
  echo "$1" >source/stay_in
  project_says "$2" 700
  rm -f "$checkout/reached" back
  watch &
  github_job cancelled workflow.yml --cancel-when "$PWD/$checkout/reached"
  wait $! || fail "$1: the files were not back within 10 s"
  echo "$1: the files were back after $(cat back) ms"
  [ "$(cat back)" -lt 10000 ] || fail "$1: too late"
  step_says 'steps["backstep"]["outcome"]' cancelled
  step_says 'steps["backstep"]["outputs"]["exit_code"]' 130
  says 'Restored action_service from'
  step_says posts "['$3']"
  same_files "$checkout" good
  missing "$checkout/$journal"
  no_container_is_left
}
project_says v1
(cd source && BACKSTEP_PHASE='' ./generate.sh)
github_job success workflow.yml
files_of "$checkout" >good
cancel_in generate v2 success
cancel_in deploy v2 failure
says 'deployed v1'
cancel_in health_check v2 failure
says 'deployed v1'
cancel_in rollback broken failure
says 'deployed v1'
cell github cancel replayed
cell github outputs replayed
