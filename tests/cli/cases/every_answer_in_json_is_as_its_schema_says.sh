# docs/schema/KIND.json: what the verbs print with --json in ordinary and in failed ends has the members that are
# described there, and no others. docs/json.md lists all kinds of the code.
python3 -c 'from jsonschema import Draft202012Validator' 2>/dev/null || skip 'python3-jsonschema is not installed here'
root=$(realpath "$CASES/../..")
all=$PWD/all
mkdir "$all"
# answers STATUS ARGUMENT…: keeps the one object that it prints, under the words that asked for it.
answers() {
  local wanted=$1 status kept
  shift
  kept=$(find "$all" -type f | wc -l)\ ${1}\ ${2-}
  "$BACKSTEP" "$@" --json >"$all/${kept//\//_}" 2>out
  status=$?
  [ "$status" -eq "$wanted" ] || fail "'backstep $* --json' exited with $status, not $wanted"
}

answers 0 version
answers 0 help settings
answers 10 rollback
answers 2 run --keep-last x
answers 0 install .
tree
answers 0 init
rm backstep.yml
quick_checks
answers 0 config
answers 0 status
answers 0 list
answers 0 history
answers 0 verify
answers 0 run --dry-run --deploy true --health-check true --diagnose true
answers 0 backup --dry-run
answers 0 backup --tag t --message m
answers 0 run --generate "$(generate_word v1)" --deploy true --health-check "$says_v1"
answers 0 status
diagnosed="$says_v1 || { echo 502; exit 1; }"
answers 20 run --generate "$(generate_word v2)" --deploy true --health-check "$diagnosed" --diagnose 'echo why'
answers 0 status
answers 0 show latest
answers 0 show "failed/$(find backups/.backstep/failed -mindepth 1 -maxdepth 1 -printf '%f\n' | tail -n 1)"
answers 20 run --generate "$(generate_word v2)" --deploy true --health-check "$diagnosed"
answers 5 run --generate 'echo no port; exit 3' --deploy true
answers 4 run --generate 'echo "if" >>services/action_service/entrypoint.sh' --deploy true
answers 21 run --generate "$(generate_word v3)" --deploy true --health-check false
answers 23 run --generate "$(generate_word v3)" --deploy false --rollback false
answers 0 rollback --dry-run
answers 23 check --health-check false
answers 0 check --health-check true
answers 0 lint
printf 'if\n' >>services/action_service/entrypoint.sh
answers 4 lint
answers 0 diff
printf '\0' >>services/typesense_client_service/entrypoint.sh
rm services/action_service/entrypoint.sh
answers 0 diff
answers 22 run --generate "$(generate_word v4)" --deploy false --rollback-command false
answers 0 status
answers 0 recover --keep
answers 0 recover
answers 0 begin --deploy true
answers 0 status
answers 0 finish --status success
answers 0 finish --status success
answers 0 rollback --files-only
answers 0 mark good
answers 0 list
answers 0 history
answers 0 verify
answers 0 export store.tar
answers 0 import store.tar --dry-run
answers 0 import store.tar
answers 0 prune --dry-run
answers 0 prune
serve_http
answers 0 probe "$url/health"
answers 23 probe "$url/503"
answers 0 run --services-dir services --deploy true --health-check "sh -c true"
# Checks of single services, a first deploy that failed, and several environments in one tree.
(mkdir services_alone && cd services_alone && tree web db && cat >backstep.yml <<'YAML' &&
deploy: "true"
services:
  web: {health_check: {test: "echo 502; false", interval: 50ms, retries: 1, start_period: 0s}}
  db: {health_check: {test: "false", interval: 50ms, retries: 1, start_period: 0s}, on_failure: warn}
YAML
  answers 21 run --generate "$(generate_word v1)" && answers 23 check) || exit
(mkdir first && cd first && mkdir -p services/web && answers 10 run --deploy false --generate 'echo "#!/bin/sh" >services/web/entrypoint.sh; chmod 755 services/web/entrypoint.sh') || exit
(mkdir several && cd several && tree && for name in staging production; do "$BACKSTEP" run --environment $name --deploy true >/dev/null 2>&1 || exit; done &&
  answers 0 status && answers 0 list && answers 0 history) || exit
(mkdir far && cd far && tree && printf 'remote: {fetch: cat tar || exit 44, store: cat >tar}\n' >backstep.yml &&
  answers 0 run --deploy true && answers 0 pull && answers 0 push && answers 0 status) || exit

# The interpreter takes longer to start than all the answers to read: it is asked once.
python3 "$root/tests/support/validate_answers.py" "$root/docs/schema" "$all"/* >kinds_seen 2>out || fail 'an answer is not as its schema says'
kinds=$(grep -rhoE 'json_answer\("[a-z]+"' "$root/src" | cut -d '"' -f 2 | sort -u)
[ "$(wc -w <<<"$kinds")" -ge 20 ] || fail "few kinds were found in the code: $kinds"
find "$root/docs/schema" -name '*.json' -printf '%f\n' | sed 's/\.json$//' | sort >kinds_described
sed -nE 's!^\| \[`([a-z]+)`\]\(schema/.*!\1!p' "$root/docs/json.md" | sort >kinds_listed
for list in seen described listed; do
  diff <(echo "$kinds") kinds_$list >out || fail "the kinds that are $list are not those of the code"
done
