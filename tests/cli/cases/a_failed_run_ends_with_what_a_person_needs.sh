# The end of a failed run begins with what is live now and ends with what to type;
# between them which step failed, its exit code and output, and what was restored.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "echo first; echo connection refused; $says_v1"
says "failed:   health check exited with 1"
grep -q '│ connection refused' out || fail "no tail of its output"
says "restored: 2 files from $(newest)"
answer_says "❌ Failed and rolled back to $(newest); live now: the old version, healthy again"
last_line_says "             backstep diff $(newest) failed/"
[ "$(grep -n '^❌ Failed' out | cut -d: -f1)" -lt "$(grep -n '^   failed:' out | cut -d: -f1)" ] || fail 'the answer is not first'
