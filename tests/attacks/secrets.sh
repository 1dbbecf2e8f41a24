# Secrets: announced, named by a variable or by the setting, in the forms in which tools print them and through
# every way out: log, reports, store, arguments and environments of processes.
# shellcheck disable=SC2013,SC2030,SC2031,SC2034,SC2064,SC2086,SC2143,SC2155,SC2288,SC2016 # words of verbs, a shell an attempt
quick_checks
export X_TOKEN=tok-4711-abcdef
# prints COMMAND…: a run whose deploy does that and fails, with all reports; then whatever tells of it.
prints() {
  mkdir -p own
  printf '%s\n' "$@" >own/deploy.sh
  call run --deploy 'sh own/deploy.sh' --rollback-command true --report r.html,r.xml,r.json,r.env
  ended_well
  local verb
  for verb in status history 'history --json' list 'show latest'; do
    "$BACKSTEP" $verb >>out 2>&1
  done
}
try_a_secret_in_many_writes() { tree; on_github; prints 'for c in t o k - 4 7 1 1 - a b c d e f; do printf $c; done; echo; exit 1'; nothing_holds tok-4711; }
try_a_secret_on_both_outputs() { tree; on_github; prints 'printf tok-4711-; printf abcdef; echo; printf tok-4711-abcdef >&2; exit 1'; nothing_holds tok-4711-abcdef; }
try_a_secret_without_an_end_of_line() { tree; prints 'printf tok-4711-abcdef; exit 1'; nothing_holds tok-4711-abcdef; }
try_a_secret_that_begins_twice() { tree; prints 'echo tok-4711-tok-4711-abcdef tok-tok-4711-abcdef tok-4711-abcdetok-4711-abcdef; exit 1'; nothing_holds 4711-abcdef; }
try_a_secret_within_another() { tree; export Y_TOKEN=4711-abcdef-more Z_SECRET=abcdef; prints 'echo tok-4711-abcdef-more; exit 1'; nothing_holds tok-4711-abcdef; nothing_holds 4711-abcdef-more; }
try_a_secret_at_the_edge_of_what_is_kept() { tree; prints 'head -c 65530 /dev/zero | tr "\0" .; echo "$X_TOKEN"; head -c 65530 /dev/zero | tr "\0" .; echo "$X_TOKEN"; exit 1'; nothing_holds tok-4711-a; nothing_holds 4711-abcdef; }
try_a_secret_in_a_mebibyte() { tree; prints 'for n in 1 2 3 4 5 6 7 8 9; do head -c 1048570 /dev/zero | tr "\0" .; printf %s "$X_TOKEN"; done; exit 1'; nothing_holds tok-4711-abcdef; }
try_a_secret_in_upper_escapes() { tree; export X_TOKEN='p@ss/wo rd+4711'; prints 'echo p%40ss%2Fwo%20rd%2B4711 p%40ss/wo%20rd%2B4711 p%40ss%2Fwo+rd%2B4711; exit 1'; nothing_holds '%2Fwo'; nothing_holds 'rd%2B4711'; }
try_a_secret_in_a_go_programs_json() { tree; export X_TOKEN='a<b>&c-4711'; prints 'echo "a\\u003cb\\u003e\\u0026c-4711"; exit 1'; nothing_holds 'u003cb'; }
try_a_secret_in_base64_of_a_header() { tree; prints 'printf "user:%s" "$X_TOKEN" | base64; printf "xx:%s:y" "$X_TOKEN" | base64; exit 1'; nothing_holds "$(printf 'user:%s' "$X_TOKEN" | base64 | cut -c9-24)"; nothing_holds "$(printf 'xx:%s:y' "$X_TOKEN" | base64 | cut -c6-20)"; }
try_a_secret_in_a_trace() { tree; export X_TOKEN='a b$c"d-4711'; prints 'set -x; : "$X_TOKEN" "x$X_TOKEN"; exit 1'; nothing_holds 'd-4711'; }
try_a_secret_in_bashs_trace() { need bash; tree; export X_TOKEN="it's b\$c-4711"; prints 'bash -xc ": \"\$X_TOKEN\""; bash -c "declare -p X_TOKEN; printf %q \"\$X_TOKEN\""; exit 1'; nothing_holds 'c-4711'; }
try_a_key_of_several_lines() { tree; export DEPLOY_KEY=$'-----BEGIN KEY-----\nMIIEabcdefgh4711\r\nNOPQrstuvwxy4712\n-----END KEY-----'; prints 'printf "%s\n" "$DEPLOY_KEY" | rev | rev; printf "%s" "$DEPLOY_KEY" | tr "\n" " "; printf %s "$DEPLOY_KEY" | base64 -w0; exit 1'; nothing_holds MIIEabcdefgh4711; nothing_holds NOPQrstuvwxy4712; }
try_a_secret_with_odd_bytes() { tree; export X_TOKEN=$'ab\xff\xfe-4711-zz'; prints 'printf "%s\n" "$X_TOKEN"; exit 1'; nothing_holds '4711-zz'; }
try_names_that_tell() {
  local name
  for name in GITHUB_TOKEN NPM_AUTH_TOKEN aws_secret_access_key DB_PASS MYSQL_PWD apiKey clientSecret VAULT_TOKEN SLACK_WEBHOOK_SECRET SSH_PRIVATE_KEY DOCKER_AUTH_CONFIG PGPASSWORD REDISCLI_AUTH SERVICE_CREDENTIALS INPUT_API_KEY PLUGIN_PASSWORD; do
    rm -rf backups services own; tree
    ( export "$name=q7x-4714-zz$name"; prints 'env; exit 1'; nothing_holds "q7x-4714-zz" ) || fail "$name"
  done
}
try_passwords_in_urls() {
  tree
  export A=postgres://bob:hunter-4715@h/db B='see redis://:hunter-4716@h:1/0 there' C=https://ghp_abcdefghijkl4717@github.com/x D='amqp://u:hunter-4718@a,b/%2f'
  prints 'env; echo "hunter-4715 hunter-4716 ghp_abcdefghijkl4717 hunter-4718"; exit 1'
  local n; for n in hunter-4715 hunter-4716 ghp_abcdefghijkl4717 hunter-4718; do nothing_holds $n; done
}
try_secrets_in_the_words_of_commands() {
  tree; on_github
  local words
  for words in '--token zq-4721-abc' '--password=zq-4721-abc' '-u bob:zq-4721-abc https://x' '-H "Authorization: Bearer zq-4721-abc"' 'PGPASSWORD=zq-4721-abc psql' 'https://bob:zq-4721-abc@h/' '--api-key "zq-4721-abc"' "mysql -pzq-4721-abc" '--header="X-Api-Key: zq-4721-abc"'; do
    rm -rf backups services; tree
    call run --deploy "echo curl $words; exit 1" --rollback-command true --report r.html,r.xml,r.json,r.env
    local file
    for file in out r.html r.xml r.json r.env commands/*; do ! grep -q zq-4721 $file || fail "$words in $file: $(grep zq-4721 $file | head -n 1)"; done
    ! grep -rq zq-4721 backups --exclude=journal.json || fail "$words in the store"
  done
}
try_an_announced_secret() {
  tree; on_github
  prints 'echo "::add-mask::an-4731-xyz"; echo an-4731-xyz; printf "  ::add-mask::an-4732-xyz\r\n"; echo an-4732-xyz an-4731-xyz; echo "::add-mask::a%25b-4733%0Ac-4734"; echo a%b-4733 c-4734; exit 1'
  sed -i '/^::add-mask::/d' out
  local n; for n in an-4731-xyz an-4732-xyz 'a%b-4733' c-4734; do nothing_holds "$n"; done
}
try_an_announcement_in_pieces() { tree; on_github; prints 'printf "::add-"; printf "mask::an-47"; printf "35-xyz\nan-47"; printf "35-xyz\n"; exit 1'; sed -i '/^::add-mask::/d' out; nothing_holds an-4735; }
try_an_announcement_by_a_check() { tree; on_github; call run --deploy true --rollback-command 'echo an-4736-x' --health-check 'echo ::add-mask::an-4736-x; echo an-4736-x; exit 1' --report r.html,r.xml,r.json; sed -i '/^::add-mask::/d' out; nothing_holds '[an-4736-x]'; [ "$(grep -rl an-4736-x out r.* backups --exclude=journal.json | wc -l)" = 0 ] || fail "$(grep -r an-4736-x out r.* backups | cut -c1-200)"; }
try_an_announcement_that_would_break_reports() {
  tree; need python3; on_github
  local word
  for word in result '<testcase' BACKSTEP_ name= '</pre>' rolled_back ::endgroup:: backups; do
    call run --deploy "echo '::add-mask::$word'; exit 1" --rollback-command true --report r.xml,r.json,r.env,r.html
    python3 -c 'import json,xml.dom.minidom as m;m.parse("r.xml");assert json.load(open("r.json"))["result"]=="rolled_back"' || fail "$word broke a report"
    holds r.env BACKSTEP_RESULT=rolled_back
    [ "$(obeyed | grep -c '^::group::')" = "$(obeyed | grep -c '^::endgroup::$')" ] || fail "$word left a group open"
  done
}
try_an_announcement_that_would_break_an_answer() {
  tree; need python3
  local word
  for word in '"result"' '": "' 'result": "' '",' '{' '  "' '"files_restored"' true; do
    "$BACKSTEP" run --json --deploy "printf '::add-mask::%s\n' '$word'; exit 1" --rollback-command true >out 2>err
    json 'd["result"]' >/dev/null
  done
}
try_announcements_that_are_none() { tree; on_github; prints 'printf "::add-mask::\n::add-mask::  \n::add-mask::a\n::add-mask::ab\nx ::add-mask::an-4737-x\n::ADD-MASK::an-4738-x\n"; exit 1'; says 'Failed and rolled back'; }
try_a_secret_in_a_message() {
  tree
  call backup --message "with $X_TOKEN in it"
  call list; says_not "$X_TOKEN"; call list --json; says_not "$X_TOKEN"; call show latest; says_not "$X_TOKEN"
}
try_a_secret_in_a_diff() {
  tree; expect 0 backup
  printf '#!/bin/sh\nexport PASSWORD=zq-4741-abc\ncurl -u bob:zq-4742-abc https://x\nTOKEN="zq-4743-abc"\n  api_key: zq-4744-abc\necho %s\n' "$X_TOKEN" >"$(entrypoint)"
  local verb
  for verb in diff 'diff --json' 'run --deploy false --rollback-command true --report r.html'; do call $verb; says_not zq-474; says_not "$X_TOKEN"; done
  ! grep -q 'zq-474' r.html || fail 'the page holds it'
}
try_a_secret_in_arguments() {
  tree; need python3
  start run --deploy 'touch reached; exec tail -f /dev/null' --health-url "http://127.0.0.1:9/zq-4751-abc?token=zq-4752-abc" --check-baseline false
  until_true 20 test -e reached
  local file
  for file in /proc/[0-9]*/cmdline; do
    [ "$file" != "/proc/$started/cmdline" ] || continue
    tr '\0' '\n' <"$file" 2>/dev/null | grep -q 'zq-475[12]' && [ "$(readlink "${file%/*}/exe")" != "$(readlink "/proc/$$/exe")" ] && [ "$(awk '/PPid/{print $2}' "${file%/*}/status")" = "$started" ] && ! cmp -s "$file" "/proc/$started/cmdline" && fail "$file"
  done
  kill "$started"; ended
  ! grep -q 'zq-475' started.out || fail "$(grep zq-475 started.out)"
}
try_a_secret_in_a_url_that_is_asked() { tree; on_github; call run --deploy true --rollback-command true --health-url "http://127.0.0.1:9/x?token=zq-4753-abc" --report r.html,r.json,r.xml; ! grep -q zq-4753 out r.* commands/* || fail "$(grep -h zq-4753 out r.* commands/* | head -n 2)"; call config --health-url "http://u:zq-4754-abc@h/"; says_not zq-4754; }
try_secrets_by_pattern() { tree; export A_DSN=dsn-4761-x B_VAULT=vau-4762-x; mkdir own; call run --secrets '*_DSN,B_VAULT' --deploy 'env; exit 1' --rollback-command true --report r.html,r.json; nothing_holds dsn-4761-x; nothing_holds vau-4762-x; }
try_secrets_that_config_would_show() { tree; printf 'deploy: curl --token zq-4771-abc x\nhealth_check: ["CMD", "curl", "-H", "Authorization: Bearer zq-4772-abc", "x"]\nrollback_command: "MYSQL_PWD=zq-4773-abc mysql"\n' >backstep.yml; local verb; for verb in config 'config --json' status 'run --dry-run' 'rollback --dry-run' check; do call $verb; says_not zq-477; done; }
try_a_secret_of_a_begun_run() { tree; on_github; call begin --deploy "echo --token zq-4781-abc"; ! grep -q zq-4781 out commands/* || fail begin; call status; says_not zq-4781; [ -z "$(find $journal -perm /027)" ] || fail "others can read the journal: $(ls -l $journal)"; call finish --status failure; ! grep zq-4781 out | grep -v '^  │ --token' || fail finish; }
try_the_store_is_for_its_owner() { tree; (umask 0; expect 0 run --deploy 'echo x; exit 0'); [ -z "$(find backups -maxdepth 1 -perm /077 -type d)" ] || fail "$(find backups -perm /077 -type d)"; [ -z "$(find backups/.backstep -type f -perm /022)" ] || fail "$(find backups/.backstep -type f -perm /022)"; }
try_evidence_of_a_secret() { tree; call run --deploy true --rollback-command true --health-check 'echo "$X_TOKEN"; printf %s "$X_TOKEN" | base64; exit 1' --diagnose 'echo d "$X_TOKEN"'; ! grep -rq "$X_TOKEN" backups || fail "$(grep -rl "$X_TOKEN" backups)"; ! grep -rq "$(printf %s "$X_TOKEN" | base64)" backups out || fail base64; }
