# The summary: what is live now, then what failed, the phases, the services, and the last output.
a_good_v1
on_github
expect 20 run --generate "$(generate_word v2)" --deploy true \
  --health-check "$says_v1 || { echo 'no | v1 <b>here</b>'; exit 3; }"
summary=commands/STEP_SUMMARY
sed -n 1p $summary | grep -q '^### ❌ Failed and rolled back to 20.* · 2 changes' || fail "begins with: $(head -n 1 $summary)"
[ "$(sed -n 3p $summary)" = '**Live now: the old version, healthy again**' ] || fail "then: $(sed -n 3p $summary)"
for wanted in 'health check exited with 3' '**restored:** 2 files from' '| backup |' '| deploy |' \
  '| health check |' '| restore |' '| rollback |' '| action&#95;service | the old version |' 'no &#124; v1 &#60;b&#62;here&#60;/b&#62;'; do
  holds $summary "$wanted"
done

# A begin is not the end of anything, and finding nothing open says nothing.
on_github 2
expect 0 begin
expect 0 finish --status success
expect 0 finish --status success
[ "$(grep -c '^### ' $summary)" = 1 ] || fail 'not one summary for one run'
