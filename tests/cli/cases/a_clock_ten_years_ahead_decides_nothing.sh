# One run of a machine whose clock was wrong, a set that came from such a machine, a directory of the
# original dated so: neither later names nor the order, `latest`, a target or retention go by that date.
need python3
a_good_v1
year=$(date -u +%Y)
far=$((year + 10))-01-01_00-00-00
for shelf in backups backups/.backstep/good; do made_at "$(echo $shelf/2*)" "$far"; far=${far%0}1; done
first=$((year + 10))-01-01_00-00-00
python3 "$CASES/../support/forged_set.py" --sequence 1 forged.tar 9999-12-31_23-59-59 services/a/entrypoint.sh=x
expect 0 import forged.tar
says '✅ Imported 9999-12-31_23-59-59'
mkdir backups/9999-12-31_23-59-58
cp services/action_service/entrypoint.sh backups/9999-12-31_23-59-58/action_service_entrypoint.sh

backup_of later
later=$(cd backups && echo "$year"-*)
exists "backups/$later"
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
says "Restored action_service from $((year + 10))"
is_word v1
(cd backups && ls -d "$year"-* .backstep/failed/"$year"-*) >out || fail 'a new set has another year'
expect 0 list --json
json '[s["id"] for s in d["sets"]][0] == "9999-12-31_23-59-58" or 1/0'
json '[s["sequence"] for s in d["sets"]][1:] == sorted(s["sequence"] for s in d["sets"][1:]) or 1/0'
backup_of latest
expect 0 rollback --to latest --files-only --dry-run
says "$(cd backups && ls -d "$year"-* | tail -n 1)"
python3 "$CASES/../support/forged_set.py" --sequence 1000000000000 top.tar 9999-12-31_23-59-57 services/a/entrypoint.sh=y
expect 0 import top.tar
expect 0 backup

# They are kept by what counts, and by no age.
expect 0 prune --dry-run --keep-last 1 --keep-good 0 --keep-within 3650d
for id in 9999-12-31_23-59-58 "$first"; do grep "^$id " out | grep -vq within || fail "$id is kept by its age"; done
expect 0 prune --keep-last 1 --keep-good 0 --keep-within 1s
missing "backups/9999-12-31_23-59-58"
missing "backups/9999-12-31_23-59-59"
missing "backups/$first"
expect 0 rollback --to last-good --files-only
is_word v1
