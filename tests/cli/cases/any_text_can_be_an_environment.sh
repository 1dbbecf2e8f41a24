# Names are directories: what no plain name is, is percent-coded; what is too long is a mistake.
tree
for name in 'review/my branch' .hidden 2024-03-10_14-23-00 'größe' '..' 'a%b'; do
  expect 0 backup --environment "$name"
  expect 0 list --environment "$name" --json
  [ "$(json 'len(d["sets"])')" = 1 ] || fail "no set in '$name'"
done
exists 'backups/review%2Fmy%20branch/.backstep'
exists backups/%2Ehidden
exists backups/%32024-03-10_14-23-00
missing .hidden
expect 0 list --json
[ "$(json '"review/my branch" in [e["environment"] for e in d["environments"]]')" = True ] || fail 'not read back'
expect 2 backup --environment "$(printf 'x%.0s' {1..256})"
says 'is too long for the name of a directory'
