# A container's root wrote it with umask 077 into a directory that is ours: nobody reads it, the old one
# comes back, and it lies in the evidence.
[ "$(id -u)" = 0 ] || skip "needs root"
tree
mkfifo asked
become_nobody
chown 65534 asked
closed_by_root() { read -r _ <asked; rm -f "$(entrypoint)"; (umask 077; echo secret >"$(entrypoint)"); echo made >asked; }
ask='echo go >asked; read -r _ <asked'

closed_by_root &
expect 5 run --generate "$ask" --deploy 'touch deployed'
wait
says "generate left files that cannot be used: cannot open 'services/action_service/entrypoint.sh': Permission denied; it belongs to user 0:0"
missing deployed
is_old
holds backups/.backstep/failed/*/_in_the_way/services/action_service/entrypoint.sh secret

# After the deploy it is named, and the check decides.
closed_by_root &
quick_checks
expect 0 run --deploy "$ask" --health-check true
wait
says "Warning: services/action_service/entrypoint.sh is left out: cannot open"
[ "$(grep -c 'is left out' out)" = 1 ] || fail "not one warning"
expect 6 backup
says "it belongs to user 0:0"
rm "$(entrypoint)"
expect 0 rollback --to latest
is_old
