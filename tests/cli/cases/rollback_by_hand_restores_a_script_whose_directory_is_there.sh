# A service that lost its script but not its directory gets the script back without --recreate.
tree
expect 0 backup
rm "$(entrypoint)"
expect 0 rollback
is_old
