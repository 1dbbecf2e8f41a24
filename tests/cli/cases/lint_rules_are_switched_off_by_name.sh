# lint_off takes names of rules, lint: false the whole step, in the file also as a group.
tree
generate="printf 'echo new\n' >$(entrypoint); chmod 644 $(entrypoint)"
expect 0 run --lint=false --generate "$generate" --deploy true
says_not lint
tree
expect 0 run --lint-off 'no-shebang, not-executable' --generate "$generate" --deploy true
says_not 'lint: 1'

tree
echo 'lint: {off: [no-shebang]}' >backstep.yml
expect 0 run --generate "$generate" --deploy true
says not-executable
says_not 'error'
tree
echo 'lint: {enabled: false}' >backstep.yml
expect 0 run --generate "$generate" --deploy true
says_not not-executable
tree
printf 'lint: no\nlint_off:\n  - crlf\n' >backstep.yml
expect 0 run --generate "$generate" --deploy true
expect 0 config
grep -qE '^lint +false +backstep.yml:1:7' out || fail "config shows another lint"
grep -qE '^lint_off +crlf +backstep.yml:3:3' out || fail "config shows other rules"
rm backstep.yml

# A mistyped name would leave on what was to be off.
expect 2 run --lint-off no-shebnag --deploy true
says "'no-shebnag' is no rule of lint (did you mean 'no-shebang'?)"
echo 'lint: {off: [crfl]}' >backstep.yml
expect 2 lint
says "backstep.yml:1:13: lint_off: 'crfl' is no rule of lint (did you mean 'crlf'?)"
echo 'lint: {enable: x}' >backstep.yml
expect 2 lint
says "unknown key 'enable' in 'lint' (did you mean 'enabled'?)"
