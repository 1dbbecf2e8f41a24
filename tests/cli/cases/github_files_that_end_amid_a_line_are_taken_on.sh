# `printf a=b >>"$GITHUB_OUTPUT"` of a command must spoil neither its own value nor ours.
need python3
tree
on_github
expect 0 run --generate 'printf foo=bar >>"$GITHUB_OUTPUT"' --deploy true
is_output foo bar
is_output result accepted
printf 'A=1' >commands/ENV
expect 0 begin
grep -qx 'A=1' commands/ENV || fail "A is spoiled: $(cat commands/ENV)"
grep -q '^BACKSTEP_BEGUN=' commands/ENV || fail 'the begin is not noted'
