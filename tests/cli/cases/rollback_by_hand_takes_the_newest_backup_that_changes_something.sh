# A manual rollback: default target is the newest backup of which this very call would change a file.
tree
expect 0 backup
oldest=$(newest)
sh -c "$(generate_word v1)"
expect 0 backup
expect 0 rollback
says "✅ Restored action_service from $oldest"
says "✔ Rollback completed successfully."
is_old
is_old typesense_client_service
no_journal
