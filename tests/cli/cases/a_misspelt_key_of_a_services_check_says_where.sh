# A misspelt key of a service's check, and a bad value, name file, line, column and what is allowed.
tree
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: "true"}}
services:
  action_service:
    health_check: {timout: 60s}
EOY
expect 2 run --deploy true
says "backstep.yml:4:20: unknown key 'timout' in 'services.action_service.health_check' (did you mean 'timeout'?)"
missing backups
printf 'services: {action_service: {health_check: x, on_failure: ignore}}\n' >backstep.yml
expect 2 run --deploy true
says "backstep.yml:1:58: services.action_service.on_failure: 'ignore' is not one of rollback, warn"
printf 'service: {action_service: {health_check: x}}\n' >backstep.yml
expect 2 run --deploy true
says "did you mean 'services'?"
