# verify, export, diff and show beside a retention: a set that goes while one of them reads it is gone, not
# damaged. Each is stopped while it reads a large file of the set, which is removed then.
tree
truncate -s 300M big
echo "files: [big]" >backstep.yml
expect 0 backup
first=$(newest)
read_now() { local fd; for fd in 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ "/proc/$started/fd/$fd" -ef "$1" ] && return; done; return 1; }

# beside_a_retention ARGUMENT…: its status is in `status`, its output in started.out.
beside_a_retention() {
  local large
  large=backups/$first/$(cd "backups/$first" && find . -name '*big*' | head -n 1)
  start "$@"
  until read_now "$large"; do kill -0 "$started" 2>/dev/null || fail "$* ended before it could be stopped: $(cat started.out)"; done
  kill -STOP "$started"
  sh -c "$(generate_word "$1$RANDOM")"
  expect 0 backup
  expect 0 prune --keep-last 1 --keep-within 0
  missing "backups/$first"
  kill -CONT "$started"
  ended
  status=$?
  ! grep -qiE 'damaged|missing|not whole' started.out || fail "$*: $(cat started.out)"
  first=$(newest)
}

beside_a_retention verify
[ $status = 0 ] || fail "verify: $status: $(cat started.out)"
beside_a_retention verify "$first"
[ $status = 2 ] || fail "verify ID: $status: $(cat started.out)"
grep -q "was removed while it was read" started.out || fail "$(cat started.out)"
beside_a_retention export set.tar
[ $status = 0 ] || fail "export: $status: $(cat started.out)"
mkdir elsewhere
(cd elsewhere && expect 0 import ../set.tar)
beside_a_retention diff "$first"
[ $status = 2 ] || fail "diff: $status: $(cat started.out)"
grep -q "was removed while it was read" started.out || fail "$(cat started.out)"

# What is damaged is told as ever.
rm "backups/$first"/*typesense*
expect 3 verify
says missing
