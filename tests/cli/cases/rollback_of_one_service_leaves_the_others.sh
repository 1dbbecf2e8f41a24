# rollback --service S restores only that service; an unknown one is a usage error.
tree
expect 0 backup
sh -c "$(generate_word v1)"
expect 2 rollback --service nosuch
says "'nosuch'"
expect 0 rollback --service action_service
is_old
is_word v1 typesense_client_service
