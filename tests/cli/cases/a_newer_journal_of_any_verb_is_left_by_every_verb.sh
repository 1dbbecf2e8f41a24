# A newer format is refused with a sentence, whichever verb wrote it, and nothing is changed.
need flock
for writer in begin rollback; do
  rm -rf backups reached services && tree
  if [ $writer = begin ]; then
    expect 0 begin
  else
    expect 0 backup
    eval "$(generate_word new)"
    start rollback --rollback-command "$(hang reached)"
    until_true 20 test -e reached
    kill -9 "$started"
    ended 2>/dev/null
    # Its keeper ends the command first: a call of that moment would say that it waits.
    flock -w 20 backups/.backstep/lock flock -w 20 backups/.backstep true || fail 'the lock is not free after the kill'
  fi
  edit_record 's/"format":1/"format":3/'
  before=$(snapshot; find backups -type f ! -name lock -exec sha256sum {} + | sort)
  for verb in "run --deploy true" begin backup rollback "finish --status success" recover "recover --restore" \
    "recover --keep" prune "mark good" "mark bad"; do
    # shellcheck disable=SC2086 # a verb and its words
    expect 2 $verb
    one_line
    says "it was written by a newer version of backstep (format 3)"
  done
  expect 0 status
  says_not "open run   none"
  [ "$(snapshot; find backups -type f ! -name lock -exec sha256sum {} + | sort)" = "$before" ] ||
    fail "something was changed"
done
