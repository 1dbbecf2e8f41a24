# GitLab refuses a larger one as a whole: a long list ends with a count of what it leaves out.
tree
for i in $(seq 1 300); do mkdir -p "services/a_service_with_a_long_name_$i"; done
expect 0 run --generate 'for d in services/*; do echo "#!/bin/sh" >$d/entrypoint.sh; done' --deploy true --report run.env
[ "$(stat -c %s run.env)" -lt 5120 ] || fail "$(stat -c %s run.env) bytes"
grep -Eq '^BACKSTEP_CHANGED_SERVICES=[a-z0-9_,]+,and-[0-9]+-more$' run.env || fail "$(grep CHANGED run.env)"
listed=$(sed -n 's/^BACKSTEP_CHANGED_SERVICES=//p' run.env | tr ',' '\n' | grep -c service)
more=$(sed -n 's/^BACKSTEP_CHANGED_SERVICES=.*,and-\(.*\)-more/\1/p' run.env)
[ $((listed + more)) = 302 ] || fail "$listed listed and $more more"
