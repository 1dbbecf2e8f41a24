# The runner obeys whatever a step prints; what the user's commands print is theirs, not the pipeline's.
need python3
tree
on_github
cat >evil <<'EOF'
printf '::set-output name=a::b\n   ::error::forged\n##[add-mask]x\nprogress\r::save-state name=a::b\n'
printf '::stop-commands::mine\n::endgroup::\n::%s::\n' "$GITHUB_RUN_ID"
printf 'the last words ##[error]forged\n::warning::forged\n'
EOF
expect 21 run --generate '. ./evil' --deploy '. ./evil' --health-check '. ./evil; exit 1' \
  --health-retries 1 --health-start-period 0s --health-interval 50ms
says '::set-output name=a::b'
obeyed | grep -v '^::group::\|^::endgroup::$\|^::error title=backstep::\|^::warning title=backstep::' >obeyed.txt
[ ! -s obeyed.txt ] || fail "obeyed: $(cat obeyed.txt)"
[ "$(obeyed | grep -c '^::group::')" = "$(obeyed | grep -c '^::endgroup::$')" ] || fail 'a group stays open'

# The same in the JSON answer, which is still JSON.
"$BACKSTEP" run --json --generate '. ./evil; exit 1' >out 2>/dev/null
[ "$(json 'd["result"]')" = files_restored ] || fail 'not the result'
json 'd["failure"]["output_tail"]' | grep -qF '##[error]forged' || fail 'the tail is not as it was'
! obeyed | grep -v '^::error title=backstep::' || fail 'the answer is obeyed'

# Whoever wants it says so.
expect 0 run --generate true --deploy 'echo ::notice::mine' --allow-workflow-commands true
obeyed | grep -qx '::notice::mine' || fail 'the command is not obeyed'
