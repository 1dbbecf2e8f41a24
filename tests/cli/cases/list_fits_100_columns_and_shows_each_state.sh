# list: good, bad, untested and current at a glance, with the run that brought a version, not the one
# that backed it up; no line is wider than 100 columns.
need python3
as_person() { GITHUB_RUN_ATTEMPT=1 RUNNER_NAME=shop-runner-03 GITHUB_ACTOR=$1 as_job "${@:2}"; }
as_person ada-of-the-platform-team 1 c0ffee00c0ffee00 a_good_v1
as_person bob 2 badc0de0badc0de0 expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
as_person bob 3 0badc0de0badc0de expect 0 run --generate "$(generate_word v3)" --deploy true
expect 0 backup --tag v3 --message 'before the migration of the big table that took half a day'
expect 0 list
row() { grep -qE "$1" out || fail "no row like $1"; }
row "^failed/[0-9_-]+ +✘ bad +[0-9a-f]{8}  bob +badc0de0  health check e"
row '^20[0-9_-]+ +✔ good +[0-9a-f]{8}  ada-of-the-…  c0ffee00$'
# What no run of ours brought is nobody's, though somebody backed it up.
row "^$(backups | head -n 1) +· untested +[0-9a-f]{8}$"
row "^$(newest) +· untested, current +[0-9a-f]{8}  bob +0badc0de  v3 before the"
python3 -c 'import sys; sys.exit(max(len(line.rstrip("\n")) for line in open("out")) > 100)' || fail 'wider than 100 columns'
expect 0 list --json
json '[s["message"] for s in d["sets"] if s["tag"] == "v3"][0].endswith("half a day") or 1/0'
json '[s["deployed"]["actor"] for s in d["sets"] if s["verdict"] == "good"][0] == "ada-of-the-platform-team" or 1/0'
json 'all(s["live"] == s["current"] for s in d["sets"]) or 1/0'
json '[s["verdict_by"]["run"] for s in d["sets"] if s["verdict"] == "bad"] == [s["run"] for s in d["sets"] if s["kind"] == "failed"] or 1/0'
# One set says the same of itself.
expect 0 show "$(grep -o '^failed/[^ ]*' out || ls -d backups/.backstep/failed/* | sed 's,.*\.backstep/,,')"
grep -qE '^  verdict: +bad, failed 20[0-9T:-]+Z \(run ' out || fail 'not when it failed'
grep -qE '^  deploy:  20.* by bob, run .*, commit badc0de0badc0de0, which failed$' out || fail 'not who deployed it'
