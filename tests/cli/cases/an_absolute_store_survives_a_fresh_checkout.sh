# backups_dir may be absolute: a place that checkouts do not clean; paths stay relative to the workspace.
store=$PWD/elsewhere/store
mkdir one elsewhere; cd one || exit
tree
expect 0 backup --backups-dir "$store"
says "✅ Backup created: $store/$(ls "$store")/"
missing backups
cd ..; rm -r one; mkdir two; cd two || exit
tree; sh -c "$(generate_word v1)"
expect 0 rollback --backups-dir "$store"
is_old
expect 0 list --backups-dir "$store"
says "$(ls "$store" | head -n 1)"
