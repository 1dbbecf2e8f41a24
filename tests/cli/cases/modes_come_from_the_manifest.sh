# Modes come from the manifest, not from the stored file: artifact stores lose them.
tree
expect 0 backup
cp -r backups moved; rm -r backups; mv moved backups
chmod 600 "backups/$(newest)"/*_entrypoint.sh
sh -c "$(generate_word v1)"; chmod 644 "$(entrypoint)"
expect 0 rollback
is_old
[ "$(stat -c %a "$(entrypoint)")" = 755 ] || fail "mode $(stat -c %a "$(entrypoint)")"
