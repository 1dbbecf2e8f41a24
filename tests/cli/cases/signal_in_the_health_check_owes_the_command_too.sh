# A signal in the check: the files come back at once, the command stays owed.
tree
start run --generate "$(generate_word v1)" --deploy true --rollback-command 'touch ran' \
  --check-baseline false --health-check "$(hang reached)"
until_true 20 test -e reached
kill -TERM "$started"
ended; [ $? = 143 ] || fail "not 143: $(cat started.out)"
cp started.out out
answer_says "unknown: the old files are back"
is_old
missing ran
in_phase restored
