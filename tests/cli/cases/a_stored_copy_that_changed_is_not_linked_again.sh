# Linked only where the stored copy still looks as the index says; the index may go without harm.
tree
expect 0 backup
first=$(newest)
echo damage >>"backups/$first/action_service_entrypoint.sh"
expect 0 backup
expect 0 verify "$(newest)"
expect 3 verify "$first"
rm backups/.backstep/index
expect 0 backup
expect 0 verify "$(newest)"
echo rubbish >backups/.backstep/index
expect 0 backup
expect 0 verify "$(newest)"
