# A set of the original whose name is taken by another of them, a set that is another here, evidence
# without its base, a line of the records that is none: what does not come in is said, and it is exit 3,
# though all the rest came in.
need python3
forge() { python3 "$CASES/../support/forged_set.py" "$@"; }
tree
mkdir -p one/backups/2024-03-10_14-23-00 backups/2024-03-10_14-23-00
echo there >one/backups/2024-03-10_14-23-00/a_entrypoint.sh
echo here >backups/2024-03-10_14-23-00/a_entrypoint.sh
cp -r services one
cd one || exit
expect 0 backup
made=$(newest)
expect 0 export ../one.tar
cd ..
for mode in --dry-run ''; do
  # shellcheck disable=SC2086 # no word where it is empty
  expect 3 import one.tar $mode
  says "⚠️ Warning: 2024-03-10_14-23-00 is left out: '2024-03-10_14-23-00' is here with other content, and is kept"
done
says "✅ Imported $made"
holds backups/2024-03-10_14-23-00/a_entrypoint.sh here

forge --uid 00000000000000000001 set.tar 2024-05-05_05-05-05 services/a/entrypoint.sh=x
expect 0 import set.tar
forge --uid 00000000000000000001 other.tar 2024-05-05_05-05-06 services/a/entrypoint.sh=y
expect 3 import other.tar
says "2024-05-05_05-05-06 is left out, it is damaged: '2024-05-05_05-05-05' is this set with other content, and is kept"
forge --uid 00000000000000000001 --shelf good shelf.tar 2024-05-05_05-05-05 services/a/entrypoint.sh=x
expect 3 import shelf.tar

cd one || exit
rm -r backups/2*
expect 0 run --deploy true
echo '{"format":1,"run":"nobody"}' >>"$history"
expect 0 export ../records.tar
cd ..
expect 3 import records.tar
says "1 line of the archive's records could not be read"
recorded accepted
