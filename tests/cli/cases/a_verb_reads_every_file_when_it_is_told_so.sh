# --checksum is a flag of the verbs that look at files, and no setting: it believes no index.
tree
printf 'checksum: true\n' >backstep.yml
expect 2 status
says "unknown key 'checksum'"
rm backstep.yml
expect 0 backup
true_digest() { "$BACKSTEP" status "$@" --json | sed -n 's/^ *"digest": "\([0-9a-f]*\)",$/\1/p' | head -n 1; }
right=$(true_digest --checksum)
# An index that lies, as one of a disk that keeps no times would.
hash=$(sha256sum services/action_service/entrypoint.sh | cut -d ' ' -f 1)
grep -q "$hash" backups/.backstep/index || fail 'the index knows no hashes'
sed -i "s/$hash/$(printf '%064d' 1)/; \$d" backups/.backstep/index
seal=$(sha256sum <backups/.backstep/index)
echo "${seal%% *}" >>backups/.backstep/index
[ "$(true_digest)" != "$right" ] || fail 'the index is not asked'
[ "$(true_digest --checksum)" = "$right" ] || fail 'the file was not read'
for verb in run begin finish backup rollback recover list diff status mark; do
  "$BACKSTEP" help $verb | grep -q '^  --checksum ' || fail "$verb has no --checksum"
done
