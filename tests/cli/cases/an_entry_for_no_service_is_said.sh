# An entry of `services` that names no service is never silently ignored; a misspelt one says what was meant.
tree
cat >backstep.yml <<'EOY'
services:
  action_servise: {health_check: "true"}
  long_gone: {health_check: "true"}
EOY
for verb in config 'run --deploy true' 'check --health-check true'; do
  # shellcheck disable=SC2086 # a verb and its flags
  expect 0 $verb
  says "⚠️ Warning: no service is called 'action_servise' (did you mean 'action_service'?): its entry in 'services' checks nothing"
  says "⚠️ Warning: no service is called 'long_gone': its entry in 'services' checks nothing"
done
expect 2 check
says 'no service here has a health check: nothing was checked'
