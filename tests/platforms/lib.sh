# What the cases of the platforms are written in: a project to deploy, and jobs that deploy it.
# The case goes on where run_case.sh of tests/container left it: an engine runs, the image is there.
# shellcheck disable=SC2034,SC2154,SC2016 # used by the cases; set by the other lib.sh; for an inner shell
need python3
need git
python3 -c 'import yaml' 2>/dev/null || skip 'python3-yaml is not installed here'
platforms=$CASES/../platforms
root=$(realpath "$CASES/../..")
export PYTHONDONTWRITEBYTECODE=1
cp -R "$platforms/project" source

# project_says WORD [MODE]: what the next job's generator will make of the source.
project_says() { printf '%s %s %s\n' action_service "${2:-755}" "$1" typesense_client_service "${2:-755}" "$1" >source/services.conf; }

# files_of DIRECTORY: the scripts in it, byte for byte, with mode and owner.
files_of() { (cd "$1" && find services -type f -printf '%p %m %U:%G ' -exec sha256sum {} \; | sort); }
same_files() { [ "$(files_of "$1")" = "$(cat "$2")" ] || fail "not the files of $2: $(files_of "$1" | diff - "$2")"; }

# github_job STATUS WORKFLOW [FLAG…]: the job `deploy` on a machine in the directory github; its log is `out`.
github_job() {
  local wanted=$1 workflow=$2
  shift 2
  run_number=$((${run_number:-0} + 1))
  python3 "$platforms/github_job.py" "$workflow" deploy --source source --work "$PWD/github" --action "$root" \
    --image "$IMAGE" --origin "$PWD/origin.git" --run-id "$run_number" "$@" >out 2>&1
  [ "$(cat github/results/job)" = "$wanted" ] || fail "the job's status is $(cat github/results/job), not $wanted"
  says_not 'Unexpected input'
  says_not 'file command'
  says_not 'Traceback'
}
checkout=github/_work/project/project  # a word without blanks
step() { python3 -c 'import json,sys; d=json.load(open("github/results/steps.json")); print(eval(sys.argv[1], {"d": d, "steps": d["steps"], "posts": d["posts"]}))' "$1"; }
step_says() { [ "$(step "$1")" = "$2" ] || fail "$1 is '$(step "$1")', not '$2'"; }
summary_says() { grep -qF -- "$1" github/results/summary.md || fail "the summary does not say: $1; but: $(cat github/results/summary.md)"; }
no_container_is_left() { until_true 20 sh -c '[ -z "$(docker ps --quiet --filter "volume=$PWD/github/_work/project/project")" ]'; }

# gitlab_job STATUS FILE JOB [FLAG…]: on a runner whose checkout is the directory gitlab.
gitlab_job() {
  local wanted=$1 file=$2 job=$3
  shift 3
  python3 "$platforms/gitlab_job.py" "$file" "$job" --source source --project gitlab --store store --templates "$root/templates" \
    --replace "registry.example.com/OWNER/backstep:1=$IMAGE" --replace "registry.example.com/you/deploy-tools:1=$BASE_IMAGE" \
    "$@" >out 2>&1
  last_line_says "job: $wanted"
}
report() { python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(eval(sys.argv[2], {"d": d, "dotenv": d["reports"]["dotenv"], "junit": d["reports"]["junit"]}))' "store/$1.json" "$2"; }
report_says() { [ "$(report "$1" "$2")" = "$3" ] || fail "$2 is '$(report "$1" "$2")', not '$3'"; }

# cell PLATFORM CELL CLIENT: one thing that this case has shown, for the table of platforms.
cell() { [ -z "${BACKSTEP_PLATFORM_CELLS:-}" ] || printf '%s\t%s\t%s\n' "$@" >>"$BACKSTEP_PLATFORM_CELLS"; }
