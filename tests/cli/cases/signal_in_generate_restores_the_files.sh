# Before the deploy began: restore, 128+n.
tree
before=$(snapshot)
for signal in INT:130 TERM:143; do
  rm -f reached
  start run --generate "$(generate_word half); $(hang reached)" --deploy 'touch ran'
  until_true 20 test -e reached
  kill "-${signal%:*}" "$started"
  ended; status=$?
  [ "$status" = "${signal#*:}" ] || fail "$signal gave $status: $(cat started.out)"
  rm -f reached started.out
  [ "$(snapshot)" = "$before" ] || fail "not restored"
  missing ran
  no_journal
done
