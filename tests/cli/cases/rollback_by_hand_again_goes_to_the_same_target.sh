# After a rollback whose files are still there, that target again, naming the next older ID for --to.
tree
expect 0 backup
first=$(newest)
sh -c "$(generate_word v1)"; expect 0 backup
second=$(newest)
sh -c "$(generate_word v2)"; expect 0 rollback
is_word v1
expect 0 rollback
is_word v1
says "$second"
says "--to $first"
expect 0 rollback --to "$first"
is_old
