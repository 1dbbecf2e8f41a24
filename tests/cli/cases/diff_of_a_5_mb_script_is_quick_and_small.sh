# A hundred thousand lines: one changed line, wholly other lines, and the same lines in another order
# end within seconds, unoptimised too, and 256 MiB of addresses.
need python3
tree one other shuffled
python3 - <<'EOT'
import random
lines = [f"echo 'this is line number {n} of a script that somebody generated'\n" for n in range(100_000)]
for name in ("one", "other", "shuffled"):
    open(f"services/{name}/entrypoint.sh", "w").writelines(lines)
EOT
[ "$(stat -c %s services/one/entrypoint.sh)" -gt 5000000 ] || fail "not 5 MB"
expect 0 backup
bounded() {  # bounded SECONDS ARGUMENT…: of processor time, for the machine may be busy
  local seconds=$1
  shift
  (ulimit -v 262144; ulimit -t "$seconds"; exec "$BACKSTEP" "$@") >out 2>&1 || fail "'backstep $*' exited with $?"
}
sed -i 's/number 50000 /number 50000, once more, /' services/one/entrypoint.sh
bounded 10 diff
says "@@ -49998,7 +49998,7 @@"
says "1 file differs: 1 line added, 1 removed"
[ "$(wc -l <out)" -lt 20 ] || fail "more than the change is shown"
cp "backups/$(newest)/one_entrypoint.sh" services/one/entrypoint.sh

sed -i 's/this is/that was/' services/other/entrypoint.sh
bounded 10 diff --stat
says "1 file differs: 100000 lines added, 100000 removed"
bounded 10 diff
[ "$(grep -c '^-echo' out)" = 100000 ] || fail "not all of it is shown"
bounded 10 diff --json
json 'd["files"][0]["added"] == 100000 and d["files"][0]["hunks_cut"] and len(str(d)) < 1100000'
cp "backups/$(newest)/other_entrypoint.sh" services/other/entrypoint.sh

python3 - <<'EOT'
import random
lines = open("services/shuffled/entrypoint.sh").readlines()
random.Random(1).shuffle(lines)
open("services/shuffled/entrypoint.sh", "w").writelines(lines)
EOT
bounded 10 diff
says "c    services/shuffled/entrypoint.sh (too different to show line by line, 100000 and 100000 lines)"
[ "$(wc -l <out)" -lt 10 ] || fail "lines are shown all the same"
