# The owner of the tree can move a file there that only root may read. Root's backup does not read it out to him, and
# neither does a rollback after he has written in the manifest. He may delete it all the same.
[ "$(id -u)" = 0 ] || skip "only root has files that others may not read"
need setpriv
as_owner() { setpriv --reuid 65534 --regid 65534 --clear-groups sh -c "$1"; }
tree
echo DB_PASSWORD=root-only >.env.production
chmod 600 .env.production
chown -R 65534:65534 . && chown 0:0 .env.production
as_owner 'mkdir services/b && mv .env.production services/b/entrypoint.sh' || fail "cannot move"
expect 0 backup
id=$(newest)
! as_owner "cat backups/$id/b_entrypoint.sh" 2>/dev/null || fail "he reads the copy"
[ "$(stat -c '%u %a' "backups/$id/b_entrypoint.sh")" = '0 600' ] || fail "$(ls -ln "backups/$id")"
[ "$(stat -c '%u %a' "backups/$id/action_service_entrypoint.sh")" = '65534 755' ] || fail "$(ls -ln "backups/$id")"

manifest=backups/$id/_manifest.jsonl
sed -i '/b_entrypoint/{s/"uid":0/"uid":65534/; s/"mode":"[0-7]*"/"mode":"0644"/}; 1s/"tree_uid":65534/"tree_uid":0/' "$manifest"
sed -i "\$s/\"sha256\":\"[^\"]*\"/\"sha256\":\"$(sed '$d' "$manifest" | sha256sum | cut -d' ' -f1)\"/" "$manifest"
as_owner 'rm services/b/entrypoint.sh; echo x >services/b/entrypoint.sh'
expect 0 rollback --files-only --to "$id"
grep -q root-only services/b/entrypoint.sh || fail "it did not come back"
! as_owner 'cat services/b/entrypoint.sh' 2>/dev/null || fail "he reads what came back: $(ls -ln services/b)"
as_owner 'rm -r backups' || fail "the owner of the tree cannot delete the store"
