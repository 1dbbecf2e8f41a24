# docs/failures.md shows what a person really sees: each failure is made again and must look the same.
. "$CASES/../support/failures.sh"
page=$CASES/../../docs/failures.md
shown_in_page() { awk -v mark="<!-- $1 -->" '$0 == mark { found = 1 } found && /^```$/ { exit } inside { print } found && /^```console$/ { inside = 1 }' "$page"; }
names=$(sed -n 's/^<!-- \([a-z_]*\) -->$/\1/p' "$page")
[ "$(printf '%s\n' "$names" | wc -l)" -ge 5 ] || fail "the page shows only: $names"
for name in $names; do
  mkdir "$name"
  (cd "$name" && "$name") >"$name.real" || fail "$name could not be made"
  shown_in_page "$name" | alike >"$name.page"
  alike <"$name.real" | diff "$name.page" - || fail "$name looks otherwise; it is really: $(cat "$name.real")"
done
