# Lies about counts and sizes, names that lead out or steer a terminal, names twice: named, refused, nothing written.
need python3
mkdir forged work
python3 "$CASES/../support/hostile_archives.py" forged || fail "forging"
cd work || exit
tree a
before=$(snapshot)
bounded() {  # bounded STATUS ARGUMENT…: a few seconds of processor time, 256 MiB of addresses
  local wanted=$1 status
  shift
  (ulimit -v 262144; ulimit -t 10; timeout -s KILL 60 "$BACKSTEP" "$@") >out 2>&1
  status=$?
  [ "$status" = "$wanted" ] || fail "$name: 'backstep $*' exited with $status, not $wanted"
  ! grep -q "$(printf '\033\|\001')" out || fail "$name: bytes that steer a terminal"
}
untouched() {
  rm out
  [ "$(snapshot)" = "$before" ] || fail "$name: the tree was changed"
  [ -z "$(find .. -name '*evil*')" ] || fail "$name: made $(find .. -name '*evil*')"
}
count=0
for archive in ../forged/*.tar; do
  name=$(basename "$archive" .tar)
  bounded 3 import "$archive"
  says "$(cat "../forged/$name.says")"
  [ -z "$(find backups ! -path 'backups/.backstep*' ! -path backups)" ] || fail "$name: written: $(find backups)"
  untouched
  count=$((count + 1))
done
[ $count -ge 30 ] || fail "only $count archives"

# The same put into the store by hand.
for set in ../forged/*.set; do
  name=$(basename "$set" .set)
  cp -r "$set"/* backups/
  bounded 3 verify
  bounded 3 rollback --to 2024-03-10_14-23-00
  says "$(cat "../forged/$name.says")"
  untouched
  bounded 0 list
  rm -r backups/2*
  rm out
done
