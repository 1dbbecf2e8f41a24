# Staging and production have a store each: what fails in one goes back there, and the other is left alone.
cp -R "$CASES/../../examples/environments" tree
cd tree || exit 1
expect 0 run --environment staging
expect 0 run --environment production
sed -i 's/workers 2/workers many/' site.conf.in
expect 20 run --environment staging
says '│ workers must be a number'
holds live/staging/site.conf 'server_name staging.example.com'
holds live/staging/site.conf 'workers 2'
holds live/production/site.conf 'server_name www.example.com'
expect 0 status --environment production
says ', good, since '
[ "$(ls backups)" = "$(printf 'production\nstaging')" ] || fail "stores: $(ls backups)"
# Nobody is guessed at.
expect 2 rollback
says 'say which by --environment'
