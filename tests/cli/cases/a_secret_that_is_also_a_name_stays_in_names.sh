# POSTGRES_PASSWORD=postgres hides no service that is called so, in nothing that machines read, and that is said once.
need python3
tree postgres
quick_checks
on_github
export POSTGRES_PASSWORD=postgres ERROR_TOKEN=endgroup KEYS_PASSWORD=exit_code
expect 0 run --generate "$(generate_word v1)" --deploy 'echo in with postgres' --health-check true --report report.env
is_output changed_services postgres
holds report.env BACKSTEP_CHANGED_SERVICES=postgres
says '│ in with ***'
says 'Generated entrypoint.sh for postgres'
says '::endgroup::'
[ "$(grep -c 'Warning: the secret of POSTGRES_PASSWORD is also a part of the name' out)" = 1 ] || fail 'that is not said once'
expect 0 run --dry-run --deploy true
says 'services/postgres/entrypoint.sh'
expect 0 backup --dry-run
says 'services/postgres/entrypoint.sh'
expect 0 show latest
says 'services/postgres/entrypoint.sh'
expect 0 list
says_not '***'
expect 0 status
says_not '***'
"$BACKSTEP" run --generate "$(generate_word v2)" --deploy true --health-check true --json >out 2>/dev/null
json 'd["exit_code"] == 0 and d["changed"] == ["postgres"]'
