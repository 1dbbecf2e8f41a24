# A flipped byte, a missing file, a cut manifest: exit 3 before anything is written, other backups named.
tree
expect 0 backup
other=$(newest)
sh -c "$(generate_word v1)"
expect 0 backup
id=$(newest)
sh -c "$(generate_word v2)"
cp -rp "backups/$id" whole
before=$(snapshot services)
for damage in 'printf X | dd of=action_service_entrypoint.sh bs=1 seek=3 conv=notrunc' 'rm typesense_client_service_entrypoint.sh' 'truncate -s -10 _manifest.jsonl' 'truncate -s 0 _manifest.jsonl' 'sed -i s/echo/ecko/ *' 'sed -i 2d _manifest.jsonl' 'rm action*; mkfifo action_service_entrypoint.sh'; do
  (cd "backups/$id" && eval "$damage") 2>/dev/null
  for flags in "" "--dry-run" "--to $id" "--to latest"; do
    # shellcheck disable=SC2086 # words
    expect 3 rollback $flags
    says "$id"
    says "other backups: $other"
    one_line
  done
  expect 3 verify
  [ "$(snapshot services)" = "$before" ] || fail "something was written"
  no_journal
  rm -r "backups/$id"; cp -rp whole "backups/$id"
done
expect 0 rollback --to "$other"
is_old
