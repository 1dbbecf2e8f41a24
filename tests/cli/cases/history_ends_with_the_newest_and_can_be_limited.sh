# history: newest last, what put live what is live is marked; long reasons are cut for the terminal
# and whole in the JSON; --limit takes the newest.
need python3
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
expect 0 history
tail -n 1 out | grep -q 'rolled_back  20 *live .*health check' || fail 'what is live is not marked'
[ "$(grep -c ' live ' out)" = 1 ] || fail 'more than one is live'
expect 0 rollback --to last-good --files-only
expect 0 history --limit 1
[ "$(wc -l <out)" = 2 ] || fail 'not one line below the heading'
last_line_says 'rollback  restored  0'
expect 0 history --limit 99
[ "$(wc -l <out)" = 4 ] || fail 'not all'
expect 0 history --json --limit 2
json 'len(d["runs"]) == 2 and d["runs"][0]["reason"].endswith("1 attempt)") or 1/0'
for wrong in 0 -1 x 1x ' '; do
  expect 2 history --limit "$wrong"
  one_line
  says "--limit: '$wrong' is not a whole number from 1"
done
