# status: what is live, whether it is good, since when, who deployed it in which run; then what failed
# last with its evidence, and what to type next.
need python3
as_person() { GITHUB_ACTOR=$1 GITHUB_SERVER_URL=https://ci.example GITHUB_REPOSITORY=shop/web as_job "${@:2}"; }
line() { sed -n "$1p" out | grep -qE -- "$2" || fail "line $1 is not '$2': $(sed -n "$1p" out)"; }
tree
expect 0 status
line 1 '^live now   not known: no deploy is on record$'

as_person ada 1 c0ffee a_good_v1
ada=$(last_run)
expect 0 status
line 1 '^live now   [0-9a-f]{12}, good, since 20[0-9T:-]+Z \([0-9]+ s ago\)$'
line 2 "^deployed   20[0-9T:-]+Z by ada, run $ada, commit c0ffee$"
line 3 '^           https://ci.example/shop/web/actions/runs/1$'
says_not failed
says_not next

as_person bob 2 badc0de expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
bob=$(last_run)
expect 0 status
line 1 '^live now   [0-9a-f]{12}, good, since '
line 2 "^           run $bob rolled back to it$"
line 3 "^deployed .* by ada, run $ada, commit c0ffee$"
line 5 "^failed     20[0-9T:-]+Z \([0-9]+ s ago\) by bob, run $bob, commit badc0de$"
line 6 '^           exit 20: health check exited with 1 '
line 7 '^           https://ci.example/shop/web/actions/runs/2$'
line 8 "^saved      the failed files, in failed/$(ls backups/.backstep/failed)$"
last_line_says "   backstep diff $(newest) failed/$(ls backups/.backstep/failed)"
expect 0 status --json
json 'd["live"]["verdict"] == "good" and d["live"]["certain"] and d["live"]["lies_here"] or 1/0'
json '(d["live"]["deployed"]["actor"], d["live"]["put_live"]["actor"], d["last_failure"]["commit"]) == ("ada", "bob", "badc0de") or 1/0'
json 'd["last_good"]["digest"] == d["live"]["digest"] and d["next"][0]["command"].startswith("backstep diff ") or 1/0'

# Redeployed as it is, it is live since the first time, and from the last run. What failed is past.
as_person cleo 3 c0ffee expect 0 run --deploy true --health-check "$says_v1"
as_person cleo 4 c0ffee expect 0 run --deploy true --health-check "$says_v1"
expect 0 status
line 2 " run $bob rolled back to it$"
line 3 "by cleo, run $(last_run), commit c0ffee$"
says ', before that deploy'
says_not next
