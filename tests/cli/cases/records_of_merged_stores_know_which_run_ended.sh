# Two machines begin a run in the same second. What is on record of the one says nothing of the other,
# on whichever of them, and what people read of a set is what it is called here.
need python3
mkdir there
for place in . there; do (cd $place && tree && "$BACKSTEP" begin) >out 2>&1 || fail 'no begin'; done
here=$(open_run)
made_at "backups/$(newest)" 2026-05-04_03-02-01
cd there || exit
there=$(open_run)
made_at "backups/$(newest)" 2026-05-04_03-02-01
expect 0 finish --status success
expect 0 export ../there.tar
cd ..
[ "$here" != "$there" ] || fail 'two runs have one name'
expect 0 import there.tar
in_phase armed
rm "$journal"
expect 22 finish --status success
says "run $here was begun, but its journal is gone"
BACKSTEP_BEGUN=$there expect 22 finish --status success
expect 0 history --json
json 'sorted((l["run"], l["event"]) for l in d["runs"][:2]) == sorted([("'"$here"'", "begun"), ("'"$there"'", "begun")]) or 1/0'
json '(d["runs"][2]["run"], d["runs"][2]["event"]) == ("'"$there"'", "accepted") or 1/0'
json 'sorted(l["backup"] for l in d["runs"] if l["event"] == "begun") == ["2026-05-04_03-02-01", "2026-05-04_03-02-02"] or 1/0'
rm -r backups/2*
expect 0 history --json
json '[l["backup"] for l in d["runs"]] == ["", "", ""] or 1/0'
