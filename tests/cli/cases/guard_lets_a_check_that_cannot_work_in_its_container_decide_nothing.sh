# There `localhost` is the container and the host's programs are missing: a job that went well must
# not be undone for that.
a_good_v1
cp "$BACKSTEP" backstep-post
for check in no-such-program 'exit 7'; do
  export INPUT_COMMAND=guard INPUT_HEALTH_CHECK=$check
  on_github "$((${run:-1} + 1))"
  run=$GITHUB_RUN_ID
  expect 0
  eval "$(generate_word "v$run")"
  INPUT_JOB_STATUS=success ./backstep-post >out 2>&1 || fail "exited with $?"
  says 'the health check tells nothing in this container: accepted by the job'"'"'s status'
  is_word "v$run"
  no_journal
done
expect 0 status
says_not ', good'

# A check that passed before and fails now does decide.
on_github 9
INPUT_HEALTH_CHECK="grep -q 'echo v3' $(entrypoint)" expect 0
eval "$(generate_word v4)"
INPUT_HEALTH_CHECK="grep -q 'echo v3' $(entrypoint)" INPUT_JOB_STATUS=success ./backstep-post >out 2>&1
[ $? = 21 ] || fail 'not 21'
