# -q: a run that went well says one line; of one that failed the warnings, the failures and the end are told.
need python3
a_good_v1
run=(run --generate "$(generate_word v2)" --deploy 'echo deployed' --health-check true)
expect 0 "${run[@]}" -q
one_line
answer_says '✔ Deployed; live now: the new version'
expect 0 check --health-check 'echo checked' --quiet
one_line
expect 20 run -q --generate "$(generate_word v3)" --deploy 'echo deployed' --health-check "! grep -q 'echo v3' $(entrypoint) || { echo refused; exit 7; }"
head -n 1 out | grep -qF '❌ health check failed (1 attempt' || fail "it begins with: $(head -n 1 out)"
answer_says 'the old version, healthy again'
says '│ refused'
last_line_says '   backstep '
for word in Backup Generated Restored Rolling deployed "attempt 1:"; do says_not "$word"; done
# What a command announces as a secret is told to the runner all the same.
on_github
expect 0 run -q --deploy 'echo ::add-mask::fetched-4711'
[ "$(obeyed)" = '::add-mask::fetched-4711' ] || fail "the runner is told: $(obeyed)"
