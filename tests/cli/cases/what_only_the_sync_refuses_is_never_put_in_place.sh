# A disk whose writes succeed and whose fsync (of each file, or syncfs of many) fails: nothing of it is renamed.
own_mounts
PATH=$PATH:/usr/sbin:/sbin
need mkfs.ext4
mkdir disk
# An ext4 with more room than what it lies on. Its own tables and journal have their place; files find out late.
new_disk() {
  umount -q disk under 2>/dev/null
  small_disk 14m under
  truncate -s 64M under/image
  mkfs.ext4 -q -F -b 4096 -J size=4 -E nodiscard,packed_meta_blocks=1 under/image >out 2>&1 || skip "mkfs.ext4: $(tail -n 1 out)"
  dd if=under/image of=under/image bs=64k count=112 conv=notrunc status=none
  mount -o loop under/image disk 2>out || skip "no loop device here: $(cat out)"
  ln -s ../out disk/out # what is said lies where it can be written
}
fill='sync -f . 2>/dev/null || :; head -c 64M /dev/zero >../under/fill 2>/dev/null'
refused="cannot sync '[^']*': \(No space left on device\|Input/output error\)"
size=600000
# tree_of SERVICE…: the same bytes in all, whether few files or many.
tree_of() {
  local service
  tree "$@"
  for service in "$@"; do head -c $((size / $#)) /dev/urandom >>"$(entrypoint "$service")"; done
}

for services in "a b" "$(echo {a..t})"; do
  new_disk
  cd disk || exit
  # shellcheck disable=SC2086 # words
  tree_of $services
  expect 0 backup
  whole=$(backups)
  for file in services/*/entrypoint.sh; do echo more >>"$file"; done
  sh -c "$fill"
  expect 6 backup
  grep -q "backup failed, nothing was changed: $refused" out || fail "not said: $(cat out)"
  [ "$(backups)" = "$whole" ] || fail "published: $(backups)"
  missing "backups/.partial*"
  cd .. || exit

  new_disk
  cd disk || exit
  # shellcheck disable=SC2086 # words
  tree_of $services
  old=$(snapshot)
  expect 22 run --backups-dir "${PWD%/disk}/store" --deploy "$fill; false" --rollback-command true \
    --generate "for f in services/*/entrypoint.sh; do { printf '#!/bin/sh\n# v1 '; head -c $((size / $(wc -w <<<"$services"))) /dev/zero | tr '\0' x; } >\$f; done"
  grep -q "live now: unknown: $refused" out || fail "not said: $(cat out)"
  for file in services/*/entrypoint.sh; do
    [ "$(sed -n '2s/^# \(v1\) .*/\1/p' "$file")" = v1 ] || fail "$file was replaced by what is not on the disk"
  done
  [ -z "$(find services -name '.*')" ] || fail "left over: $(find services -name '.*')"
  rm ../under/fill
  expect 21 recover --backups-dir "${PWD%/disk}/store"
  [ "$(snapshot)" = "$old" ] || fail "not brought back: $(snapshot)"
  cd .. || exit
  rm -r store
done
