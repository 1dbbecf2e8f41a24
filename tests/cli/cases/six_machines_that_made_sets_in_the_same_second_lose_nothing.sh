# Six machines run in the same second, so all have the same IDs. Merged in whatever order, directly or
# through each other, no set is lost, each is called the same everywhere, and so are the records.
need python3
mkdir machines
for name in a b c d e f; do
  mkdir "machines/$name"
  cd "machines/$name" || exit
  quick_checks
  tree
  expect 0 run --generate "$(generate_word "$name")" --deploy true --health-check "grep -qx 'echo $name' $(entrypoint)"
  expect 20 run --generate "$(generate_word "bad-$name")" --deploy true --health-check "grep -qx 'echo $name' $(entrypoint)"
  set -- backups/2*
  made_at "$1" 2026-05-04_03-02-01
  made_at "$2" 2026-05-04_03-02-03
  made_at "$(echo backups/.backstep/good/2*)" 2026-05-04_03-02-02
  made_at "$(echo backups/.backstep/failed/2*)" 2026-05-04_03-02-04
  expect 0 verify
  expect 0 export "../$name.tar"
  cd ../..
done
set_names() { for set in "$1"/backups/2* "$1"/backups/.backstep/good/2* "$1"/backups/.backstep/failed/2*; do printf '%s %s\n' "$(uid_in "$set")" "${set#"$1"/backups/}"; done | sort; }
merged() {  # merged DIRECTORY ARCHIVE…
  local into=$1 archive
  shift
  for archive in "$@"; do (cd "$into" && "$BACKSTEP" import "../machines/$archive.tar") >out 2>&1 || fail "$archive into $into"; done
}
as_the_first() {
  set_names "$1" >these.names
  [ -e first.names ] || { cp these.names first.names; cp -r "$1" first; }
  diff first.names these.names || fail "other names in $1"
  cmp "$1/$history" "first/$history" || fail 'another history'
  cmp "$1/backups/.backstep/verdicts.jsonl" first/backups/.backstep/verdicts.jsonl || fail 'other verdicts'
}
for order in abcdef fedcba bdface cafebd dbfeca efabcd; do
  first=${order%?????}
  cp -r "machines/$first" "$order"
  # shellcheck disable=SC2046 # a word a letter
  merged "$order" $(printf '%s' "${order#?}" | sed 's/./& /g')
  as_the_first "$order"
  rm -r "$order"
done
[ "$(wc -l <first.names)" = 24 ] || fail "of 24 sets there are $(wc -l <first.names)"
[ "$(cut -d ' ' -f 2 first.names | sed 's,.*/,,' | sort -u | wc -l)" = 24 ] || fail 'an ID is there twice'

# Two pairs meet, and the pairs then.
cp -r machines/e one && cp -r machines/b two
merged one c a
merged two f d
for store in one two; do (cd $store && "$BACKSTEP" export "../machines/$store.tar") >out 2>&1 || fail "export of $store"; done
merged one two
merged two one
as_the_first one
as_the_first two
cd one || exit
expect 0 verify
expect 0 list --json
json '[s["verdict"] for s in d["sets"] if s["kind"] != "failed"].count("good") == 12 or 1/0'
