# run --json: one object on stdout with exit code, failure and target; what a person reads is on stderr.
need python3
tree
"$BACKSTEP" run --json --generate "$(generate_word v1)" --deploy 'echo cause; exit 4' --rollback-command true >out 2>err
[ $? = 21 ] || fail "another status"
[ "$(json 'd["exit_code"]')" = 21 ] || fail "exit_code"
[ "$(json 'd["failure"]["step"], d["restored_from"]')" = "('deploy', '$(newest)')" ] || fail "failure or target"
json 'd["failure"]["output_tail"]' | grep -q cause || fail "no output"
grep -q 'Restored action_service' err || fail "stderr lacks the story"
