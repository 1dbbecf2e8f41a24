# The version of before is live again: it is not called new, neither in the log nor in the summary. A checkout that
# brings another version does bring something, though the run itself changes no file.
need python3
a_good_v1
says 'live now: the new version, healthy'
on_github
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check "$says_v1"
says '✔ Deployed, nothing changed; live now: the same as before, healthy'
head -n 1 commands/STEP_SUMMARY | grep -q '^### ✔ Deployed, nothing changed' || fail 'the summary begins otherwise'
sed -i 's/v1/v2/' "$(entrypoint)"
expect 0 run --deploy true
says '✔ Deployed; live now: the new version'
expect 0 begin
expect 0 finish --status success
answer_says 'the same as before'
# What failed before its deploy has put nothing live.
expect 5 run --generate false --deploy true
expect 0 run --deploy true
says '✔ Deployed, nothing changed'
