# `begin` … its own steps … `finish`: also when an artifact store in between dropped empty directories.
tree
for status in success failure; do
  expect 0 begin --rollback-command true
  eval "$(generate_word new)"
  find backups/.backstep -type d -empty -delete
  if [ $status = success ]; then
    expect 0 finish --status success
    says_not "but the accepted set was not stored"
    ls backups/.backstep/good/*/_manifest.jsonl >/dev/null || fail "the accepted set is not stored"
  else
    eval "$(generate_word newer)"
    expect 21 finish --status failure
    is_word new
    grep -rq "echo newer" backups/.backstep/failed || fail "the failed files are not in the evidence"
  fi
done
no_journal
