# Auto: ... else this run's backup.
tree
quick_checks
expect 21 run --generate "$(generate_word v1)" --deploy true --health-check 'exit 7'
is_old
says "health check exited with 7"
answer_says "STILL UNHEALTHY"
