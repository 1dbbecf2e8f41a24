# bash loads the script and completes verbs, flags, choices, settings, IDs and files by the tables.
"$BACKSTEP" completion bash >backstep.bash || fail 'no script'
# offers LINE…: what is offered where the last of the words is being typed.
offers() {
  bash --norc -c '
    . ./backstep.bash
    program=$1; shift
    COMP_WORDS=(backstep "$@"); COMP_CWORD=$#
    _backstep "$program" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf "%s\n" "${COMPREPLY[@]}"' offers "$BACKSTEP" "$@" >out 2>&1 || fail "bash failed on: $*"
}
only() { [ "$(cat out)" = "$(printf '%s\n' "$@")" ] || fail "offered is not just: $*"; }
offers ro
only rollback
offers ''
for verb in $("$BACKSTEP" help | sed -nE 's/^  ([a-z]+) +.*$/\1/p'); do
  grep -qx "$verb" out || fail "no $verb"
done
offers finish --status ''
only success failure cancelled
offers finish --status = f
only failure
offers finish --sta
only --status
offers run --rollback-t
only --rollback-target --rollback-timeout
offers run --rollback-target ''
only auto previous last-good
offers run --check-baseline = ''
only true false
offers version --keep
only ''
offers mark ''
only good bad untested
offers run --keep-last 5 ''
only ''
offers help ve
only verify version
# IDs, cheaply and quietly: without a store there are none.
offers show ''
only ''
missing backups
tree
expect 0 backup
offers rollback --to ''
only "$(newest)" latest last-good
offers mark --json good l
only latest last-good
offers verify latest "$(newest | cut -c 1-4)"
only "$(newest)"
echo 'nonsense: [' >backstep.yml
offers show ''
only ''
# Warnings are no IDs, and nothing of them is run.
: >'a`touch ran`'
BACKSTEP_ENVIRONMENT=. BACKSTEP_CONFIG='a`touch ran`' offers show ''
only "$(newest)" latest last-good
missing ran
BACKSTEP_ENVIRONMENT=. BACKSTEP_CONFIG='a`touch ran`' "$BACKSTEP" completion words -- show "" 2>warned >out
only "$(newest)" latest last-good
grep -q 'is empty' warned || fail 'the warning is lost'
touch 'with blank.tar' withdir && mkdir withdirs
offers import wi
sort -o out out
only 'with blank.tar' withdir withdirs
offers run --services-dir wi
only withdirs
offers run --services-dir = nothing
only ''
offers run --deploy = wi
grep -qx 'with blank.tar' out || fail 'no file for a command'
# And at a real terminal.
need python3
mkdir bin && ln -s "$BACKSTEP" bin/backstep
PATH=$PWD/bin:$PATH python3 "$CASES/../support/type_in_shell.py" '. ./backstep.bash' \
  'backstep ro\t--dr\t' 'backstep rollback --dry-run ' bash --norc -i >out 2>&1 || fail 'bash does not complete'
