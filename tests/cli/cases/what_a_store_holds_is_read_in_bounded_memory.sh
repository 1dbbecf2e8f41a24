# Limits fit what is real: a journal of a hundred thousand files has 20 MiB. Where a file is larger, or holds more
# values than any of ours, the message names it and the way out.
need python3
a_good_v1
bounded() {  # bounded STATUS ARGUMENT…: with 512 MiB of addresses
  local wanted=$1 status
  shift
  (ulimit -v 524288; "$BACKSTEP" "$@") >out 2>&1
  status=$?
  [ "$status" = "$wanted" ] || fail "'backstep $*' exited with $status, not $wanted"
}
# padded JOURNAL MIB: its record, with a list of so many small values.
padded() {
  python3 - "$1" "$2" <<'P'
import hashlib, sys
name, size = sys.argv[1], int(sys.argv[2]) << 20
line = [text for text in open(name, "rb").read().split(b"\n") if text.strip()][-1]
line = line[:line.rindex(b',"sha256":')] + b',"x":[' + b"0," * (size // 2) + b"0]"
open(name, "wb").write(line + b',"sha256":"%s"}\n' % hashlib.sha256(line).hexdigest().encode())
P
}
for size in 50 180; do
  expect 0 begin
  padded "$journal" $size
  bounded 3 run --deploy true
  says "$journal"
  says "backstep recover --keep"
  bounded 0 recover --keep
  no_journal
done
truncate -s 100M backups/.backstep/history.jsonl
bounded 6 run --deploy true
says "cannot read 'backups/.backstep/history.jsonl': it is larger than"
says "move it away"
rm backups/.backstep/history.jsonl
bounded 0 run --deploy true
