# export, then import into an empty tree: list, verify and rollback work, and importing again changes nothing.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
cp -r "backups/$(newest)" backups/2024-03-10_14-23-00
rm backups/2024-03-10_14-23-00/_manifest.jsonl
touch -d '2 days ago' backups/2024-03-10_14-23-00/*
expect 0 export store.tar
says "✅ Exported 5 sets to store.tar, with 3 verdicts and 2 lines of history"
expect 0 list
cp out listed
mkdir two
cd two || exit
mkdir services
cp -r ../services/action_service ../services/typesense_client_service services
expect 0 import ../store.tar --dry-run
says "➕ Would import failed/"
missing backups
expect 0 import ../store.tar
says "✔ Imported 5 sets, with 3 verdicts and 2 lines of history"
diff -r -x lock -x index -x store backups ../backups || fail "it is not the same store"
[ -z "$(find backups -type d ! -perm 0700)" ] || fail "$(find backups -type d ! -perm 0700)"
expect 0 list
diff out ../listed || fail "the lists differ"
expect 0 verify
everything() { find backups -printf '%p %m %T@ %i %n\n' | grep -v -e '/lock ' -e 'backups/.backstep 7' -e '^backups 7' | sort; }
before=$(everything)
expect 0 import ../store.tar
says "✔ Nothing new"
[ "$(everything)" = "$before" ] || fail "the second import changed something: $(diff <(everything) <(printf '%s\n' "$before"))"
expect 0 export again.tar
cmp again.tar ../store.tar || fail "the same store makes another archive"
sh -c "$(generate_word v3)"
expect 0 rollback --to last-good --files-only
is_word v1
