# Without any check nothing is known good: accepted versions and what the verb `backup` stored come before
# what lay there when a run began.
tree
expect 0 backup
made_by_hand=$(newest)
sh -c "$(generate_word brought)"
expect 5 run --generate false
is_word brought
sh -c "$(generate_word edited)"
expect 0 rollback
went_back_to "$made_by_hand"
is_old
is_old typesense_client_service
