# Who owns the tree can put any file under a name of ours: by a hard link, or by moving it there. Root writes to none.
[ "$(id -u)" = 0 ] || skip "only root can write to the files of others"
tree
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check true
chown -R 65534:65534 .
# The other file of root's is in a directory of nobody's, where he may move it.
for name in lock history.jsonl verdicts.jsonl; do
  mv "backups/.backstep/$name" kept
  printf 'root:secret\n' >secret
  chmod 600 secret
  was=$(stat -c '%u %a' secret)
  untouched() { [ "$(cat "$1") $(stat -c '%u %a' "$1")" = "root:secret $was" ] || fail "$name: $(ls -ln "$1"), $(cat "$1")"; }
  ln secret "backups/.backstep/$name"
  refused() { "$BACKSTEP" run --generate "$(generate_word v2)" --deploy true --health-check true >out 2>&1; }
  ! refused || fail "$name was written to"
  untouched secret
  says "/$name'"
  says "it is a hard link"
  rm "backups/.backstep/$name" && mv secret "backups/.backstep/$name"
  ! refused || fail "$name was written to"
  untouched "backups/.backstep/$name"
  says "user 65534 may have moved it here; look whose file that is"
  mv kept "backups/.backstep/$name"
done
# What a killed call has begun to make is no file of that name yet: whoever comes next makes it, for the tree's owner.
rm backups/.backstep/lock backups/.backstep/history.jsonl
: >backups/.backstep/.lock.backstep-new
: >backups/.backstep/.history.jsonl.backstep-new
expect 0 run --generate "$(generate_word v3)" --deploy true
for name in lock history.jsonl; do
  [ "$(stat -c '%u %a' "backups/.backstep/$name")" = '65534 600' ] || fail "$name: $(ls -ln backups/.backstep)"
done
# In a directory that a team shares, any of it may have made the records.
chmod 2770 backups/.backstep && chown 1234 backups/.backstep/history.jsonl && chmod 660 backups/.backstep/history.jsonl
expect 0 run --generate "$(generate_word v4)" --deploy true
chmod 0700 backups/.backstep
# What is ours is still written to, and the owner of the tree may take it away.
expect 0 backup
need setpriv
setpriv --reuid 65534 --regid 65534 --clear-groups rm -r backups || fail "the next checkout cannot delete it"
