# Nothing changed by the generator: unchanged; the deploy still runs.
tree
expect 0 run --generate true --deploy 'touch deployed'
says "The generator changed nothing"
exists deployed
[ "$(backups | wc -l)" = 1 ] || fail "more than one backup"
missing backups/.backstep/good/*
