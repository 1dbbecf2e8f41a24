# However an archive is cut: sets that came whole are there, no other is, exit 3, and importing the whole one helps.
tree
for word in v1 v2 v3; do
  sh -c "$(generate_word $word)"
  expect 0 backup
done
cp -r "backups/$(newest)" backups/2024-03-10_14-23-01
rm backups/2024-03-10_14-23-01/_manifest.jsonl
expect 0 export store.tar
mkdir two
cd two || exit
end=$(python3 -c 'import tarfile; t = tarfile.open("../store.tar"); t.getmembers(); print(t.offset)')
for ((size = 0; size <= end; size += 256)); do
  head -c "$size" ../store.tar >cut.tar
  expect 3 import cut.tar
  for set in $(backups); do
    [ "$set" = 2024-03-10_14-23-01 ] || exists "backups/$set/_manifest.jsonl"
    diff -r "backups/$set" "../backups/$set" || fail "half a set after $size bytes"
  done
  [ -z "$(find backups -name '.partial-*' 2>/dev/null)" ] || fail "left behind after $size bytes: $(ls -A backups)"
  rm -rf backups
done
head -c $((end - 512)) ../store.tar >cut.tar
expect 3 import cut.tar
says "it ends too early"
expect 0 import ../store.tar
expect 0 verify
diff -r -x lock -x index backups ../backups || fail "it is not the same store"
