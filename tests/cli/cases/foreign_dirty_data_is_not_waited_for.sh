# Many files are made durable by one syncfs; beside much that strangers wrote, by one fsync each.
own_mounts
PATH=$PATH:/usr/sbin:/sbin
need mkfs.ext4
need strace
small_disk 400m under
truncate -s 350M under/image
mkfs.ext4 -q -F under/image >out 2>&1 || skip "mkfs.ext4: $(tail -n 1 out)"
mkdir disk
mount -o loop under/image disk 2>out || skip "no loop device here: $(cat out)"
cd disk || exit
# shellcheck disable=SC2046 # words
tree $(echo {a..z})
dirty() { awk '/^(Dirty|Writeback):/ { sum += $2 } END { print int(sum / 1024) }' /proc/meminfo; }
calls() { grep -c "^$1(" ../trace || :; }
traced_backup() {
  rm -rf backups
  strace -q -o ../trace -e trace=fsync,syncfs "$BACKSTEP" backup >../out 2>&1 || fail "the backup failed: $(cat ../out)"
}

# The whole machine counts, so others' data must be little, before and after.
for attempt in {1..40}; do
  sync
  traced_backup
  [ "$(dirty)" -ge 40 ] || break
  [ "$attempt" -lt 40 ] || skip "others keep more than 40 MiB dirty here"
done
[ "$(calls syncfs)" -ge 1 ] || fail "no syncfs for 26 files: $(cat ../trace)"
[ "$(calls fsync)" -lt 15 ] || fail "$(calls fsync) fsyncs beside the syncfs"

# A stranger who writes and writes.
(while :; do head -c 250M /dev/zero >stranger; done) 2>/dev/null &
stranger=$!
# shellcheck disable=SC2064 # this very one
trap "kill $stranger 2>/dev/null; wait $stranger 2>/dev/null; :" EXIT
is_much() { [ "$(dirty)" -gt 100 ]; }
# What is dirty may be on its way out just when it is asked for; ten times in a row it is not.
for _ in {1..10}; do
  until_true 20 is_much
  traced_backup
  [ "$(calls syncfs)" != 0 ] || break
done
[ "$(calls syncfs)" = 0 ] || fail "the stranger's data was waited for"
[ "$(calls fsync)" -gt 26 ] || fail "only $(calls fsync) fsyncs for 26 files"
