# Where the machine goes with the job nobody can type there: what is next is where the store is to be had. Not for a
# store that outlives it, nor for what a later step of the job does.
a_good_v1
on_github
gone="this runner is thrown away: get backups from the job's artifact or its cache, or set 'remote: git'"
for machine in RUNNER_ENVIRONMENT=github-hosted CI_DISPOSABLE_ENVIRONMENT=true; do
  # shellcheck disable=SC2163 # the variable that it holds
  export "$machine"
  : >commands/STEP_SUMMARY
  expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1" --report run.html,run.json
  [ "$(grep '^   next:' out)" = "   next:     $gone:" ] || fail "next is: $(grep next: out)"
  says '             backstep import store.tar'
  holds run.json "\"$gone\""
  grep -q '^this runner is thrown away' commands/STEP_SUMMARY || fail 'the summary has another'
  grep -q '<p>this runner is thrown away' run.html || fail 'the page has another'
  expect 0 begin --backups-dir other
  says '             backstep finish --status success|failure|cancelled --backups-dir other'
  expect 23 run --generate "$(generate_word v2)" --deploy false --rollback false --backups-dir "$PWD-store"
  says '             backstep rollback --to'
  says_not 'thrown away'
  rm -rf "$PWD-store" other
  unset "${machine%=*}"
done
# What a remote holds is to be had anywhere.
git init --quiet --bare there.git
RUNNER_ENVIRONMENT=github-hosted expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1" \
  --remote "{\"git\": \"$PWD/there.git\"}" --project shop
says "next:     1. this runner is thrown away: begin in a checkout of your own:"
says 'backstep pull --project shop --remote '
says 'backstep diff'
RUNNER_ENVIRONMENT=self-hosted expect 23 run --generate "$(generate_word v2)" --deploy false --rollback false
says '             backstep rollback --to'
