# An old process that still answers must not pass for the new version: the check is told which files it
# is about, and by which commit of the pipeline.
quick_checks
tree
# A service that answers with the digest it was started with; this deploy forgets to restart it.
cat >check.sh <<'CHECK'
[ "$(cat answer)" = "$BACKSTEP_DIGEST" ] || { echo "still runs $(cat answer) instead of $BACKSTEP_DIGEST of $GITHUB_SHA"; exit 1; }
CHECK
restart='printf %s "$BACKSTEP_DIGEST" >answer'
as_job 1 c0ffee expect 0 run --generate "$(generate_word v1)" --deploy "$restart" --health-check 'sh check.sh'
v1=$(cat answer)
as_job 2 badc0de expect 20 run --generate "$(generate_word v2)" --deploy true --health-check 'sh check.sh'
says "still runs $v1 instead of "
says ' of badc0de'
is_word v1
as_job 3 badc0de expect 0 run --generate "$(generate_word v2)" --deploy "$restart" --health-check 'sh check.sh'
[ "$(cat answer)" != "$v1" ] || fail 'the new version has the digest of the old one'
