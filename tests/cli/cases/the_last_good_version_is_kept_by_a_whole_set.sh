# Retention never takes the last good set: where the newest of that version is damaged, an older one
# that is whole stays.
tree
expect 0 backup
oldest=$(newest)
expect 0 mark good "$oldest"
rm backups/.backstep/index  # so that the next one has copies of its own
expect 0 backup
damaged=$(newest)
echo damage >>"backups/$damaged/action_service_entrypoint.sh"
sh -c "$(generate_word v2)"
expect 0 backup

expect 0 prune --keep-last 1 --keep-good 1 --keep-within 0s
exists "backups/$oldest"
expect 0 rollback --to "$oldest"
is_old action_service
