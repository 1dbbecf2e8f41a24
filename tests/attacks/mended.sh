# What once got through, and does not any more.
# shellcheck disable=SC2013,SC2030,SC2031,SC2034,SC2064,SC2086,SC2143,SC2155,SC2288,SC2016 # words of verbs, a shell an attempt
quick_checks
# prints COMMAND: a run whose deploy does that and fails, with all reports.
prints() { tree; mkdir own; printf '%s\n' "$1" >own/deploy.sh; call run --deploy 'sh own/deploy.sh' --rollback-command true --report r.html,r.xml,r.json; }
# The tail of a report loses its escape sequences, which must not join the halves of a secret.
try_a_secret_with_colours_in_it() { export X_TOKEN=tok-4711-abcdef; prints 'printf "see tok-4711\033[0m-abcdef now\n"; exit 1'; nothing_holds tok-4711-abcdef; }
# JSON beyond ASCII (Python's json.dumps), control characters (a tab), and PHP's slash.
try_a_secret_in_pythons_json() { export X_TOKEN='pässwörd-zz-4711'; prints 'echo "\"p\\u00e4ssw\\u00f6rd-zz-4711\""; exit 1'; nothing_holds 'rd-zz-4711'; }
try_a_secret_with_a_tab_in_json() { export X_TOKEN=$'abcd\tefgh-4711'; prints 'printf "%s\n" "abcd\tefgh-4711"; exit 1'; nothing_holds 'efgh-4711'; }
try_a_secret_in_phps_json() { export X_TOKEN='abcd/efgh/ijkl'; prints 'echo "abcd\\/efgh\\/ijkl"; exit 1'; nothing_holds 'efgh'; }
# JavaScript's encodeURIComponent leaves !'()* as they are; .NET and others write small hex digits.
try_a_secret_of_encodeuricomponent() { export X_TOKEN="ab cd!(efg)'h*"; prints "echo \"ab%20cd!(efg)'h*\"; exit 1"; nothing_holds 'cd!(efg)'; }
try_a_secret_in_small_hex_digits() { export X_TOKEN='abcd/efgh+ijkl'; prints 'echo abcd%2fefgh%2bijkl; exit 1'; nothing_holds '2fefgh'; }
# Python's shlex.quote, and dash's trace, write an apostrophe as '"'"'.
try_a_secret_of_shlex_quote() { export X_TOKEN="it's-a-token 4711"; prints "echo \"'it'\\\"'\\\"'s-a-token 4711'\"; exit 1"; nothing_holds 's-a-token'; }
# A key in one line with \n in it, as many keep one in a variable, is printed as lines.
try_a_key_in_one_line() { export DEPLOY_KEY='-----BEGIN PRIVATE KEY-----\nMIIEabcdefghijkl\nMNOPqrstuvwxyz12\n-----END PRIVATE KEY-----'; prints 'printf "%b\n" "$DEPLOY_KEY"; exit 1'; nothing_holds MNOPqrstuvwxyz12; }
# The URL of a platform may hold a password: the run's page is kept without it.
try_a_password_in_the_runs_url() { tree; on_github; export GITHUB_SERVER_URL=https://bob:hunter-4711@github.example GITHUB_REPOSITORY=a/b; call run --deploy false --rollback-command true --report r.html; nothing_holds hunter-4711; }
# Azure's agent obeys ##vso[ anywhere in a line.
try_azures_commands_in_a_name() { tree; export TF_BUILD=True; mkdir -p 'services/##vso[task.setvariable variable=PATH]evil'; cp "$(entrypoint)" 'services/##vso[task.setvariable variable=PATH]evil/';  call backup; says_not '##vso['; }
# By whatever path backups_dir is named, a report does not lie in it.
try_a_report_in_a_stored_set() { tree; expect 0 backup; local id; id=$(newest); call run --deploy true --backups-dir "$PWD/backups" --report "backups/$id/x.json"; missing "backups/$id/x.json"; }
# Each announced value is looked for in all that is printed: so many, and no more.
try_announcements_that_take_all_the_time() {
  tree
  timeout -s KILL 120 "$BACKSTEP" run --deploy-timeout 2s --rollback-command true --deploy \
    'n=0; while [ $n -lt 5000 ]; do echo "::add-mask::secret-$n-value"; n=$((n+1)); done; head -c 1000000 /dev/zero | tr "\0" s; exec tail -f /dev/null' >out 2>&1
  status=$?
  ended_well
}
# Who runs it may be called like a secret.
try_a_secret_as_actor() { tree; on_github; export X_TOKEN=tok-4711-abcdef GITHUB_ACTOR=tok-4711-abcdef; call run --deploy false --rollback-command true --report r.html,r.json; ! grep -l tok-4711 r.html r.json commands/STEP_SUMMARY || fail 'a report holds it'; }
# A later call learns secrets from the commands of the journal that it settles.
try_a_secret_in_a_journals_command() { tree; mkdir own; call begin --deploy 'echo --token zq-4781-abc'; call finish --status failure; says_not zq-4781-abc; }
try_a_secret_in_a_killed_runs_command() { tree; crash_in deploy --rollback-command 'echo --token zq-4782-abc'; call recover; says_not zq-4782-abc; }
