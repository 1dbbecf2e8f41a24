# A service's directory that is made again has the mode, the owner and the setgid bit that it had.
tree api web
tree payments/card
chmod 2750 services/web
chmod 700 services/payments services/payments/card
[ "$(id -u)" = 0 ] && chown -R 33:34 services/web services/payments
directories=(services services/web services/payments services/payments/card)
state() { stat -c '%n %a %u:%g' "${directories[@]}"; }
before=$(state)
quick_checks
fails_on_new() { expect 20 run --services-dir 'services,services/payments' --generate "$1; echo '#new' >>services/api/entrypoint.sh" --deploy true --health-check '! grep -q new services/api/entrypoint.sh'; }
fails_on_new 'rm -rf services/web services/payments'
[ "$(state)" = "$before" ] || fail "now: $(state)"
says_not "could not be given back"
rm -rf services/web
expect 0 rollback --recreate --files-only --to latest
[ "$(state)" = "$before" ] || fail "by hand: $(state)"
# An evidence knows it, too.
chmod 0711 services/web; chmod g-s services/web
fails_on_new 'echo "#new" >>services/web/entrypoint.sh'
rm -rf services/web
expect 0 rollback --recreate --files-only --to "failed/$(ls backups/.backstep/failed | tail -n 1)"
[ "$(stat -c %a services/web)" = 711 ] || fail "not as in the evidence: $(state)"
# Who may not give it back says so.
[ "$(id -u)" = 0 ] || exit 0
rm -rf services/web
become_nobody
expect 0 rollback --recreate --files-only --to latest
says "⚠️ Warning: services/web/: could not be given back: 0711 33:34 (not permitted)"
