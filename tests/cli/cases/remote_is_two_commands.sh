# The whole interface: `fetch` prints one tar or ends with 44, `store` reads it and ends with 75 where somebody
# was quicker. The mark that fetch leaves is what store compares with.
tree
mkdir there
cat >fetch.sh <<'SH'
[ -e there/tar ] || exit 44
cat there/mark >"$BACKSTEP_REMOTE_MARK"
cat there/tar
SH
cat >store.sh <<'SH'
cat >there/new
[ "$(cat there/mark 2>/dev/null)" = "$(cat "$BACKSTEP_REMOTE_MARK")" ] || exit 75
echo "$BACKSTEP_REMOTE_NAME" >there/name
mv there/new there/tar
echo "mark $(date +%s%N)" | tee there/mark >"$BACKSTEP_REMOTE_MARK"
SH
printf 'project: shop\nremote:\n  fetch: sh fetch.sh\n  store: [sh, store.sh]\n' >backstep.yml
expect 0 run --generate "$(generate_word v1)" --deploy true
holds there/name shop/-
tar -tf there/tar | grep -q '^.backstep/history.jsonl$' || fail 'it is not the tar of export'
# Each environment has a name of its own there.
mv there theirs; mkdir there
expect 0 run --deploy true --environment 'production/eu'
holds there/name shop/production%2Feu
rm -r there backups; mv theirs there
expect 0 run --deploy true
# Another machine: a store of its own.
mv backups theirs
expect 0 begin
mv backups ours; mv theirs backups
expect 0 run --generate "$(generate_word v2)" --deploy true
mv backups theirs; mv ours backups
sh -c "$(generate_word v3)"
expect 0 finish --status success
[ "$(tar -xOf there/tar .backstep/history.jsonl | grep -c '"event":"accepted"')" = 4 ] || fail 'a run is lost'
expect 0 push
says 'Nothing new'
# What goes wrong says which command, and its last lines.
printf 'echo "no bucket of that name" >&2; exit 1\n' >store.sh
expect 7 run --generate "$(generate_word v4)" --deploy true
says "no bucket of that name"
says '   backstep push'
printf 'echo "not tar at all"\n' >fetch.sh
expect 6 run --deploy true
says 'it is no tar file'
printf 'exit 3\n' >fetch.sh
expect 6 run --deploy true
says 'exited with 3'
printf 'kill -9 $$\n' >fetch.sh
expect 6 run --deploy true
