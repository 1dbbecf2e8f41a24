# A failed run ends with: what is live, what failed with which exit code, its output, what was restored, what to type.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "echo first; echo connection refused; $says_v1"
says "failed:   health check exited with 1"
grep -q '│ connection refused' out || fail "no tail of its output"
says "restored: 2 files from $(newest)"
says "next:     backstep diff $(newest) failed/"
last_line_says "live now: the old version, healthy again"
