# The settings are as they were: this run's backup is v2, which is known good.
tree
run_version 0 v1
run_version 0 v2
run_version 20 v3
went_back_to "$(own_backup)"
is_word v2
is_word v2 typesense_client_service
