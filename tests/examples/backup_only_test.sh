# Backups and a rollback by hand, without a deploy or a check: the original's way of working.
cp -R "$CASES/../../examples/backup-only" tree
cd tree || exit 1
mkdir bin services && ln -s "$BACKSTEP" bin/backstep
export PATH=$PWD/bin:$PATH
./generate_entrypoints.sh v1 >out 2>&1 || fail "the first exited with $?"
./generate_entrypoints.sh v2 >out 2>&1 || fail "the second exited with $?"
says '✅ Backup created: backups/'
says '✅ Generated entrypoint.sh for action_service'
holds services/action_service/entrypoint.sh v2
backstep list >out && says 'before v2'
expect 0 rollback
says '✅ Restored action_service from '
says '✔ Rollback completed successfully.'
holds services/action_service/entrypoint.sh v1
holds services/typesense_client_service/entrypoint.sh v1
