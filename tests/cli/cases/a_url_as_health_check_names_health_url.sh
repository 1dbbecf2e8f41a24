# The first thing that many try is a URL in the place of a command.
tree
for line in 'health_check: http://localhost:1/health' 'health_check: {test: "https://localhost/x || exit 1"}' \
  'health_check: ["http://localhost:1"]' 'each_service: {health_check: "http://localhost:1/"}'; do
  echo "$line" >backstep.yml
  expect 2 run --deploy true
  says 'is a URL, not a command'
  says 'health_url'
  says 'backstep.yml:1:'
done
rm backstep.yml
expect 2 run --deploy true --health-check http://localhost:1/health
says "flag --health-check: 'http://localhost:1/health' is a URL"
