# What the cases are written in. Each case starts in an empty directory with the two services of a
# small tree at hand through `tree`. The variable BACKSTEP would be read as a setting's prefix only
# with an underscore behind it, so it may name the binary.

fail() { printf 'FAILED: %s\n' "$*" >&2; [ -f out ] && { echo '--- output:'; tail -n 40 out | cut -c 1-400; } >&2; exit 1; }
skip() { printf 'skipped: %s\n' "$*"; exit 125; }
need() { command -v "$1" >/dev/null 2>&1 || skip "$1 is not installed here"; }

# tree [SERVICE…]: a workspace with an executable entrypoint in each service.
tree() {
  [ $# -gt 0 ] || set -- action_service typesense_client_service
  local service
  for service in "$@"; do
    mkdir -p "services/$service"
    printf '#!/bin/sh\necho old %s\n' "$service" >"services/$service/entrypoint.sh"
    chmod 755 "services/$service/entrypoint.sh"
  done
}

# generator that rewrites every entrypoint with the word given.
generate_word() { printf 'for f in services/*/entrypoint.sh; do printf "#!/bin/sh\\necho %s\\n" >"$f"; done' "$1"; }

# expect STATUS ARGUMENT…: runs the binary, keeps stdout and stderr in the file `out`.
expect() {
  local wanted=$1 status
  shift
  "$BACKSTEP" "$@" >out 2>&1
  status=$?
  [ "$status" -eq "$wanted" ] || fail "'backstep $*' exited with $status, not $wanted"
}

# given_time STATUS ARGUMENT…: like expect, for a command that must come so far before its time is over. The
# word TIME becomes a short time; where the machine was too busy for that, a longer one.
given_time() {
  local wanted=$1 status
  shift
  for TIME in 300ms 3s 30s; do
    "$BACKSTEP" "${@/#TIME/$TIME}" >out 2>&1
    status=$?
    if [ "$status" -eq "$wanted" ] && came_so_far; then return; fi
  done
  fail "'backstep $*' exited with $status, not $wanted"
}
came_so_far() { :; }  # a case may ask for more

says() { grep -qF -- "$1" out || fail "the output does not say: $1"; }
says_not() { ! grep -qF -- "$1" out || fail "the output says: $1"; }
# The answer of a run is the first line of its end: how it ended, and what is live now.
answer_says() { grep -F 'live now: ' out | tail -n 1 | grep -qF -- "$1" || fail "the answer does not say: $1"; }
last_line_says() { tail -n 1 out | grep -qF -- "$1" || fail "the last line does not say: $1"; }

entrypoint() { printf 'services/%s/entrypoint.sh' "${1:-action_service}"; }
is_old() { grep -q "echo old ${1:-action_service}" "$(entrypoint "$@")" || fail "${1:-action_service} is not the old one"; }
holds() { [ -e "$1" ] || fail "$1 does not exist"; grep -qF -- "$2" "$1" || fail "$1 does not hold: $2"; }
missing() { [ ! -e "$1" ] || fail "$1 exists"; }
exists() { [ -e "$1" ] || fail "$1 does not exist"; }
no_journal() { missing backups/.backstep/journal.json; }

backups() { ls backups 2>/dev/null; }                       # dot names are not listed
newest() { backups | tail -n 1; }
# write_header DIRECTORY KEY VALUE: a set whose header says so, sealed again.
write_header() {
  local manifest=$1/_manifest.jsonl
  sed -i -E "1s/\"$2\":(\"[^\"]*\"|[0-9]+)/\"$2\":$3/" "$manifest"
  sed -i "\$s/\"sha256\":\"[^\"]*\"/\"sha256\":\"$(sed '$d' "$manifest" | sha256sum | cut -d' ' -f1)\"/" "$manifest"
}
# date_set DIRECTORY DAYS: a set as if it had been stored that many days ago (negative: in the future).
date_set() { write_header "$1" time "\"$(date -u -d "@$(($(date +%s) - $2 * 86400))" +%Y-%m-%dT%H:%M:%SZ)\""; }
# made_at DIRECTORY ID: a set as if it had been made in that second.
made_at() {
  write_header "$1" time "\"${2%_*}T$(printf '%s' "${2#*_}" | tr - :)Z\""
  [ "${1##*/}" = "$2" ] || mv "$1" "${1%/*}/$2"
}
uid_in() { sed -n '1s/.*"uid":"\([0-9a-f]*\)".*/\1/p' "$1/_manifest.jsonl"; }  # uid_in DIRECTORY
backup_of() { sh -c "$(generate_word "$1")"; expect 0 backup; }  # backup_of WORD: what lies there then says it
snapshot() { (cd "${1:-.}" && find . -path ./backups -prune -o -path ./out -prune -o -type f -printf '%p %m ' -exec sha256sum {} \; | sort); }

# until_true SECONDS COMMAND…: waits for a condition; fails when it does not come about in time.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || fail "did not come about in time: $*"
    read -r -t 0.02 <> <(:) || :
  done
}

# start ARGUMENT…: the binary in the background; its pid is in `started`, its output in `started.out`.
# What is still running when the case ends is killed.
start() {
  "$BACKSTEP" "$@" >started.out 2>&1 &
  started=$!
  all_started="${all_started-} $started"
  # shellcheck disable=SC2064,SC2086 # the list as it is now, one word a pid
  trap "kill -9 $all_started 2>/dev/null; :" EXIT
}
ended() { wait "$started"; }  # of the one started last: waits for it and gives its status

# The text of a command that makes the file and stays; once the file is there, it ends at once.
hang() { printf '[ -e %s ] || { touch %s; exec tail -f /dev/null; }' "$1" "$1"; }

# crash_in PHASE ARGUMENT…: a run that SIGKILL ends while its command of that phase (generate, deploy,
# health-check, rollback-command) runs. BEFORE is what that command does first.
crash_in() {
  local phase=$1
  shift
  rm -f reached
  start run "--$phase" "${BEFORE:-:}; $(hang reached)" "$@"
  until_true 20 test -e reached
  kill -9 "$started"
  ended 2>/dev/null
  nobody_is_at_work
}
# What a killed run had started ends a moment after it, and holds the lock until then.
nobody_is_at_work() {
  [ ! -e backups/.backstep/lock ] || until_true 20 flock --nonblock backups/.backstep/lock true
}

# as_job RUN COMMIT COMMAND…: as the pipeline's run of that number, on that commit.
as_job() {
  local run=$1 commit=$2
  shift 2
  GITHUB_ACTIONS=true GITHUB_RUN_ID=$run GITHUB_JOB=deploy GITHUB_SHA=$commit "$@"
}

journal=backups/.backstep/journal.json
history=backups/.backstep/history.jsonl
last_run() { tail -n 1 "$history" | sed 's/.*"run":"\([0-9a-f]*\)".*/\1/'; }  # its uid, on record
# A journal holds one record a line, each sealed with its digest, and blanks behind them.
record() { sed -n 's/,"sha256":"[0-9a-f]*"}$//p' "$journal" | tail -n 1; }
# edit_record SED: the journal holds the last record alone, changed so.
edit_record() {
  local changed
  changed=$(record | sed -E "$1")
  printf '%s,"sha256":"%s"}\n%4096s\n' "$changed" "$(printf %s "$changed" | sha256sum | cut -d' ' -f1)" '' >"$journal"
}
open_run() { record | sed -n 's/.*"run":"\([0-9a-f]*\)".*/\1/p'; }
in_phase() { exists $journal; record | grep -q "\"phase\":\"$1\"" || fail "the journal is not at $1: $(record | grep -o '"phase":"[a-z]*"')"; }
recorded() { grep -q "\"event\":\"$1\"" $history || fail "the history has no $1: $(cat $history)"; }
is_word() { [ "$(cat "$(entrypoint "${2:-action_service}")")" = "$(printf '#!/bin/sh\necho %s' "$1")" ] || fail "${2:-action_service} does not say $1: $(cat "$(entrypoint "${2:-action_service}")")"; }
times() { [ "$(grep -c . "$2" 2>/dev/null || :)" = "$1" ] || fail "$2 has not $1 lines: $(cat "$2" 2>&1)"; }  # times 1 FILE

# add_past RUNS: as if so many runs had been accepted since the last one that is on record, each of a version
# of its own that passed its check and is stored no more.
add_past() {
  local last file line run
  last=$(grep -ho '"sequence":[0-9]*' backups/.backstep/{verdicts,history}.jsonl | grep -o '[0-9]*' | sort -n | tail -n 1)
  for file in backups/.backstep/{verdicts,history}.jsonl; do
    line=$(tail -n 1 "$file" | sed -E 's/%/%%/g; s/,"(commit|restored_from|evidence|reason|live)":"[^"]*"//g
      s/"event":"[a-z_]*"/"event":"accepted"/; s/"exit_code":[0-9]*/"exit_code":0/; s/"good":false/"good":true/
      s/"verb":"[a-z]*"/"verb":"run"/; s/"(run|backup)":"[0-9a-f]*"/"\1":"%020x"/g; s/"sequence":[0-9]*/"sequence":%d/; s/"digest":"[0-9a-f]*"/"digest":"%064x"/')
    [[ $line == *backup* ]] || line+='%.0s' # a verdict names no set
    # shellcheck disable=SC2059 # the line is the format
    for ((run = last + 1; run <= last + $1; run++)); do printf "$line\n" $run $run $run $run; done >>"$file"
  done
}

# A check that decides at its first attempt, for all verbs of the case.
quick_checks() { export BACKSTEP_HEALTH_INTERVAL=50ms BACKSTEP_HEALTH_RETRIES=1 BACKSTEP_HEALTH_START_PERIOD=0s; }
says_v1='grep -q "echo v1" services/action_service/entrypoint.sh'  # a health check that only v1 passes
# a_good_v1: a tree and its first run, accepted by that check.
a_good_v1() { tree; quick_checks; expect 0 run --generate "$(generate_word v1)" --deploy true --health-check "$says_v1"; }
# What happens to versions when settings change. v1 and v2 work, v3 does not; the check knows nothing else.
not_v3='! grep -rqs "echo v3" services apps'
# run_version STATUS WORD [ARGUMENT…]: a run that generates the word; GENERATE is what its generator does besides.
run_version() {
  local status=$1 word=$2
  shift 2
  quick_checks; export BACKSTEP_HEALTH_MIN_HEALTHY_TIME=0s
  expect "$status" run --generate "$(generate_word "$word"); ${GENERATE:-:}" --deploy true --check-baseline false --health-check "$not_v3" "$@"
}
# own_backup: the ID of what the run stored that just ended. went_back_to ID: the line that says so names it.
own_backup() { sed -n 's,.*Backup created: .*/\(2[^/]*\)/$,\1,p' out | head -n 1; }
went_back_to() { grep -q "^Rolling back to $1\b" out || fail "it did not go back to $1: $(grep '^Rolling' out)"; }
# says_about PATH PATTERN: one line names the path and matches the pattern, in whatever words.
says_about() { grep -F -- "$1" out | grep -qiE -- "$2" || fail "no line about $1 says: $2"; }
# in_shared_store NAME: a fresh checkout of one project in a new directory, which the store outlives.
in_shared_store() {
  shared=${shared-$PWD}
  mkdir "$shared/$1"; cd "$shared/$1" || exit
  tree
  printf 'project: demo\nbackups_dir: %s/store\n' "$shared" >backstep.yml
}
# become_nobody: the binary runs as a user who may not read everything; the case's directory is theirs.
become_nobody() {
  [ "$(id -u)" = 0 ] || return 0
  need setpriv
  local nobody='setpriv --reuid 65534 --regid 65534 --clear-groups' binary=$BACKSTEP
  # A checkout may be one that only its owner may enter.
  $nobody test -x "$binary" || { binary=$PWD/backstep_for_all && install -m 755 "$BACKSTEP" "$binary"; }
  printf '#!/bin/sh\nexec %s %q "$@"\n' "$nobody" "$binary" >as_nobody
  chmod 755 as_nobody
  chown -R 65534:65534 .
  BACKSTEP=$PWD/as_nobody
}
# own_mounts: the case goes on where nothing that it mounts outlives it.
own_mounts() {
  [ -z "${OWN_MOUNTS-}" ] || return 0
  unshare --mount true 2>/dev/null || skip "mounting is not permitted here"
  exec env OWN_MOUNTS=1 unshare --mount --propagation private bash -c '. "$CASES/lib.sh"; . "$0"' "$0"
}
small_disk() { mkdir -p "$2"; mount -t tmpfs -o "size=$1,mode=755" tmpfs "$2" || skip "no tmpfs may be mounted here"; }  # small_disk SIZE DIRECTORY
# types_page PAGE DIRECTORY [FROM=TO…]: each command of it is typed there, as `backstep`, and shows what the page shows.
types_page() {
  mkdir -p bin "$2"
  printf '#!/bin/bash\nexec %q "$@"\n' "$BACKSTEP" >bin/backstep && chmod 755 bin/backstep
  PATH=$PWD/bin:$PATH python3 "$CASES/../support/run_page.py" "$@" >out 2>&1 || fail "$1 shows something else"
}
one_line() { [ "$(wc -l <out)" = 1 ] || fail "not one line"; }
gone() { ! kill -0 "$1" 2>/dev/null || grep -q 'State:.Z' "/proc/$1/status" 2>/dev/null; }
json() { python3 -c 'import json,sys; d=json.load(open("out")); print(eval(sys.argv[1], {"d": d}))' "$1" || fail "no JSON with $1"; }

# on_github: the case goes on as a step of a GitHub job, with files for outputs, summary, state and
# variables as the runner makes them.
on_github() {
  mkdir -p commands
  export GITHUB_ACTIONS=true GITHUB_RUN_ID=${1:-1} GITHUB_RUN_ATTEMPT=1 GITHUB_JOB=deploy RUNNER_NAME=r1
  local file
  for file in OUTPUT STEP_SUMMARY STATE ENV; do
    : >"commands/$file"
    export "GITHUB_$file=$PWD/commands/$file"
  done
}
output() { python3 "$CASES/../support/github_runner.py" outputs commands/OUTPUT "$1"; }
is_output() { [ "$(output "$1")" = "$2" ] || fail "output $1 is '$(output "$1")', not '$2'"; }
obeyed() { python3 "$CASES/../support/github_runner.py" commands "${1:-out}"; }
# state_of_main: what GITHUB_STATE of the main stage becomes in the post stage.
state_of_main() { sed 's/^/STATE_/' commands/STATE; }
# serve_http: a service of the case's own (support/http_server.py) at `url`, until stop_http or the end.
serve_http() {
  python3 "$CASES/../support/http_server.py" http_port &
  http_server=$!
  all_started="${all_started-} $http_server"  # a later `start` ends it too
  # shellcheck disable=SC2064 # the list as it is now
  trap "kill -9 $all_started 2>/dev/null; :" EXIT
  until_true 20 test -e http_port
  # shellcheck disable=SC2034 # the cases read it
  url=http://127.0.0.1:$(cat http_port)
}
# serve_tls: servers of the case's own (support/tls_server.py), with certificates in the directory `tls`; `tls NAME`
# is the address of one of them.
serve_tls() {
  need openssl
  mkdir tls && (cd tls && "$CASES/../support/certificates.sh")
  python3 -W ignore "$CASES/../support/tls_server.py" tls &
  all_started="${all_started-} $!"
  # shellcheck disable=SC2064 # the list as it is now
  trap "kill -9 $all_started 2>/dev/null; :" EXIT
  until_true 20 test -e tls/ports
}
tls() { printf '%s:%s' "${2-localhost}" "$(sed -n "s/^$1 //p" tls/ports)"; }  # tls NAME [HOST]
stop_http() { kill -9 "$http_server"; wait "$http_server" 2>/dev/null; until_true 20 gone "$http_server"; }
# A project whose checkouts are fresh each time, as on hosted runners: its bare repository is shop/web.git.
fresh_project() {
  need git
  git config --global user.name someone; git config --global user.email someone@example.com
  git config --global init.defaultBranch main
  shop=$PWD/git
  git init --quiet --bare "$shop/shop/web.git"
  git -C "$shop/shop/web.git" config http.receivepack true
  git clone --quiet "$shop/shop/web.git" first 2>/dev/null
  (cd first && tree && printf 'remote: git\n' >backstep.yml && printf 'backups/\n' >.gitignore &&
    git add . && git commit --quiet -m first && git push --quiet origin HEAD:main) || fail 'no project could be made'
  rm -r first
  project=$shop/shop/web.git
}
# on_runner NAME: a machine of its own with a fresh checkout, in which the case goes on.
on_runner() {
  cd "$shop/.." && mkdir "$1" && git clone --quiet "$project" "$1/web"
  cd "$1/web" || fail "no checkout for $1"
}
stored_commit() { git -C "$project" for-each-ref --format='%(objectname)' refs/backstep; }
# serve_git: the same by `git http-backend`, with a token (support/git_server.py), at `git_url`.
serve_git() {
  python3 "$CASES/../support/git_server.py" "$shop" "$shop/port" &
  all_started="${all_started-} $!"
  # shellcheck disable=SC2064 # the list as it is now
  trap "kill -9 $all_started 2>/dev/null; :" EXIT
  until_true 20 test -e "$shop/port"
  # shellcheck disable=SC2034 # the cases read it
  git_url=http://127.0.0.1:$(cat "$shop/port")/shop/web.git
}
# The token as actions/checkout leaves it in the checkout's settings.
with_token() { git config "http.http://127.0.0.1:$(cat "$shop/port")/.extraheader" "AUTHORIZATION: basic $(printf 'x:%s' "${1:-secret-token}" | base64)"; }
# The checkout's origin is that server, with the token.
by_server() { git remote set-url origin "$git_url"; with_token "$@"; }
