# After the deploy began: files back at once, the command owed, 128+n, and what is live is unknown.
tree
for signal in INT:130 TERM:143; do
  rm -f reached ran
  start run --generate "$(generate_word v1)" --deploy "$(hang reached)" --rollback-command 'echo x >>ran'
  until_true 20 test -e reached
  kill "-${signal%:*}" "$started"
  ended; status=$?
  cp started.out out
  [ "$status" = "${signal#*:}" ] || fail "$signal gave $status"
  answer_says "unknown: the old files are back"
  says "backstep recover"
  is_old
  missing ran
  in_phase restored
  expect 21 recover
  times 1 ran
  no_journal
done
