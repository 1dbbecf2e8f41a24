# Files added since are kept and named, --exact removes them (into the evidence).
tree
expect 0 backup
tree added
sh -c "$(generate_word v1)"
expect 0 rollback
is_word v1 added
says "services/added/entrypoint.sh"
says "--exact"
expect 0 rollback --to latest --exact
missing services/added/entrypoint.sh
holds "backups/.backstep/failed/$(ls backups/.backstep/failed | tail -n 1)/added_entrypoint.sh" "echo v1"
is_old
