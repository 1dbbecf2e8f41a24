# A check of a service that cannot run is exit 2 before anything changes, also among many, and names the service.
tree
cat >backstep.yml <<'EOY'
each_service: {health_check: "true"}
services: {action_service: {health_check: no-such-program-of-backstep --health}}
EOY
expect 2 run --generate "$(generate_word v2)" --deploy 'touch deployed'
says "the health check of action_service cannot run: "
says "'no-such-program-of-backstep'"
says 'nothing was changed'
missing deployed
is_old
no_journal
# One that the generator or the deploy brings is not there yet, which is no error.
printf '%s\n' "each_service: {health_check: {test: 'services/\$BACKSTEP_SERVICE/check.sh', min_healthy_time: 0s}}" >backstep.yml
expect 0 run --deploy 'for s in services/*; do printf "#!/bin/sh\n" >$s/check.sh; chmod +x $s/check.sh; done'
