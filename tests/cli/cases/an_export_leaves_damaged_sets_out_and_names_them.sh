# Damage does not spread: a damaged set is left out and named, the rest is exported, exit 3.
tree
expect 0 backup
damaged=$(newest)
echo more >>services/action_service/entrypoint.sh
expect 0 backup
newer=$(newest)
cp -r "backups/$newer" backups/2024-03-10_14-23-01
sed -i '1s/"format":1/"format":2/' backups/2024-03-10_14-23-01/_manifest.jsonl
printf x >>"backups/$damaged/action_service_entrypoint.sh"
expect 3 export store.tar
says "❌ $damaged is left out: action_service_entrypoint.sh: size"
says "❌ 2024-03-10_14-23-01 is left out: "
says "✅ Exported 1 set to store.tar"
tar tf store.tar >names || fail "no tar"
! grep -q "$damaged" names || fail "the damaged set is in it"
grep -q "^$newer/action_service_entrypoint.sh" names || fail "the whole one is not in it"
expect 3 export other.tar --json
json '{s["id"] for s in d["left_out"]} == {"'"$damaged"'", "2024-03-10_14-23-01"} or 1/0'
