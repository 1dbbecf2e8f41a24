# services_dir as list and globs: a service is called by its path beneath the fixed part, wherever one is named.
quick_checks
make() { mkdir -p "$1" && printf '#!/bin/sh\necho old\n' >"$1/entrypoint.sh" && chmod 755 "$1/entrypoint.sh"; }
make services/web
make teams/payments/api
make teams/payments/worker
make teams/shop/web2
cat >backstep.yml <<'END'
services_dir: [services, teams/*]
deploy: "true"
services:
  payments/api: {health_check: {test: '! grep -q bad teams/payments/api/entrypoint.sh', min_healthy_time: 0s}}
rollback_scope: failed
END
expect 0 lint
expect 0 backup
for file in services/web teams/payments/api teams/payments/worker teams/shop/web2; do
  exists "backups/$(newest)/_files/$file/entrypoint.sh"
done
expect 0 run --generate 'for s in services/web teams/payments/api; do printf "#!/bin/sh\necho new\n" >$s/entrypoint.sh; done'
says '✅ Generated entrypoint.sh for web'
says '✅ Generated entrypoint.sh for payments/api'
expect 0 show latest
says 'teams/payments/api/entrypoint.sh'
# One service's check failed: it alone goes back, by its name.
expect 20 run --generate 'for s in services/web teams/payments/api; do printf "#!/bin/sh\necho bad\n" >$s/entrypoint.sh; done'
says 'payments/api'
holds teams/payments/api/entrypoint.sh new
holds services/web/entrypoint.sh bad
expect 0 rollback --files-only --service payments/api --to "$(backups | head -n 1)"
says 'Restored payments/api from'
holds teams/payments/api/entrypoint.sh old
holds services/web/entrypoint.sh bad
expect 2 rollback --service payments/nobody
# Two of one name are nobody's choice.
make services/same
make teams/x/same
mkdir more
make more/same
expect 6 backup --services-dir services,more
says "two services are called 'same': 'more/same/entrypoint.sh' and 'services/same/entrypoint.sh'"
expect 0 backup --services-dir services,more --exclude more/same
