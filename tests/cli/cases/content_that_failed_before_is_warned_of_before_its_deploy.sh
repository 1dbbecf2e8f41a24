# Known bad content is deployed all the same, for a pass outranks failures; but with a warning first: when
# it failed, in which run, why, and where the evidence is. On GitHub and in the JSON too.
need python3
again() { "$@" run --generate "$(generate_word v2)" --deploy 'echo deploying' --health-check "${check:-$says_v1}"; }
a_good_v1
again expect 20
says_not 'known bad:'
bad=$(last_run)
failed=failed/$(ls backups/.backstep/failed)
again expect 20
grep -qE "^⚠️ Warning: these files are known bad: health check exited with 1 .*, 20[0-9T:-]+Z in run $bad, see $failed; deploying" out ||
  fail 'not warned'
[ "$(grep -n 'known bad:' out | head -n 1 | cut -d: -f1)" -lt "$(grep -n '│ deploying' out | head -n 1 | cut -d: -f1)" ] ||
  fail 'the warning comes after the deploy'
grep -qE "^   verdict: +the new files are known bad, as before in run $bad" out || fail 'not repeated at the end'

on_github 2
again expect 20
obeyed | grep -q "^::warning .*known bad" || fail 'no annotation on GitHub'
holds commands/STEP_SUMMARY 'these files are known bad'
unset GITHUB_ACTIONS GITHUB_OUTPUT GITHUB_STEP_SUMMARY GITHUB_STATE GITHUB_ENV
"$BACKSTEP" run --json --generate "$(generate_word v2)" --deploy true --health-check "$says_v1" >out 2>err
json 'd["failed_before"]["proved"] and d["failed_before"]["reason"].startswith("health check exited with 1") or 1/0'

# A human's mark is named as such.
expect 0 mark bad latest
expect 0 run --deploy true --health-check "$says_v1"
says 'these files are known bad: marked bad by a human, 20'
expect 0 mark untested latest

# Once it has passed there is nothing to say.
check=true
again expect 0
check=true
again expect 0
says_not 'known bad'
"$BACKSTEP" run --json --deploy true >out 2>err
json 'd["failed_before"] is None or 1/0'
