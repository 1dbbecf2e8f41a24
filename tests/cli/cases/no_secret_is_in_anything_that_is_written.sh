# A token that a command prints, whole or across the borders of our reads, is in nothing that leaves
# us: log, summary, outputs, annotations, reports, evidence, history. It is when nothing hides it.
need python3
tree
quick_checks
on_github
export DEPLOY_TOKEN=tok-4711-abcdef SIGNING_KEY='first line of the key
second line of the key'
# 64 KiB are read at a time: at one of these distances the token lies across the border.
cat >deploy.sh <<'EOF'
for length in 65520 65530 65534; do
  head -c "$length" /dev/zero | tr '\0' .
  echo "$PRINTED"
done
EOF
cat >check.sh <<'EOF'
echo "logging in with $PRINTED"
echo "and again: $PRINTED" >&2
exit 1
EOF
# files_with WORD: what holds it, but for our own listing.
files_with() { grep -rlF --exclude=found -e "$1" . | sort; }
run_it() {
  PRINTED=$1 expect 21 run --generate "$(generate_word "$2")" --deploy 'sh deploy.sh' --health-check 'sh check.sh' \
    --report report.env,report.xml,report.html,report.json
  cp out "out-$2"
  PRINTED=$1 expect 21 rollback --to "$(newest)" --deploy 'sh deploy.sh' --health-check 'sh check.sh' --json
  cp out "out-rollback-$2"
}

run_it 'word-for-everybody' v1
files_with word-for-everybody >found
for place in ./out ./commands/STEP_SUMMARY ./report.xml ./report.html ./report.json ./backups/.backstep/failed; do
  grep -q "^$place" found || fail "the search would not see a secret in $place: $(cat found)"
done

on_github 2
run_it "$DEPLOY_TOKEN" v2
run_it "second line of the key" v3
for secret in "$DEPLOY_TOKEN" 'second line of the key' tok-4711 4711-abcdef; do
  [ -z "$(files_with "$secret")" ] || fail "'$secret' is in: $(files_with "$secret")"
done
says '***'
