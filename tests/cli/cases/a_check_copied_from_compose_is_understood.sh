# Compose's keys are taken as they are; the dollar that Compose wants doubled is named.
tree
cat >backstep.yml <<'Y'
deploy: "true"
health_check:
  test: ["CMD-SHELL", "true"]
  interval: 1m30s
  timeout: 10s
  retries: 3
  start_period: 40s
  start_interval: 5s
  min_healthy_time: 0
Y
expect 0 run
sed -i 's/"true"\]/"test -n $$HOME"]/' backstep.yml
expect 2 run
says "'\$\$HOME' has the '\$' doubled, as files of Compose need it: here one is enough"
sed -i 's/$$HOME/$HOME/' backstep.yml
expect 0 run
# The number of the shell itself stays.
expect 0 run --health-check 'test -d /proc/$$'
