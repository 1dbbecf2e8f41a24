# They deploy the same files, so one waits for the other.
tree
start run --environment production --deploy "$(hang reached)"
until_true 20 test -e reached
expect 11 run --environment staging --deploy true --lock-wait 100ms
says 'another run has the store: run '
expect 0 status --environment staging
says 'at work'
kill -9 "$started"; ended 2>/dev/null
until_true 20 flock --nonblock backups/.backstep/lock true
missing backups/production/.backstep/lock
expect 0 run --environment staging --deploy true --lock-wait 100ms
