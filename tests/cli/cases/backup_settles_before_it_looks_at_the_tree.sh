# `backup` settles an abandoned run first: what that run did to the tree must not stop it.
tree
crash_in deploy --generate 'rm -r services'
expect 0 backup
is_old action_service
is_old typesense_client_service
in_phase restored

BEFORE="ln -sf /etc/hostname $(entrypoint)" crash_in deploy
expect 0 backup
is_old action_service
in_phase restored

rm -r services
expect 6 backup
says "'services' does not exist"
