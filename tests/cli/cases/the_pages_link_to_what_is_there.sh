# Each link of a page leads to a file that is there and to a heading in it; a path in backquotes is there; and
# what stands behind a link in backquotes stands in that file.
root=$(realpath "$CASES/../..")
headings() { sed -nE 's/^#+ //p' "$1" | tr '[:upper:] ' '[:lower:]-' | tr -cd '[:alnum:]_\n-'; }

links=0
for page in "$root"/*.md "$root"/docs/*.md "$root"/tests/*.md; do
  grep -oE '\]\([^) ]+\)' "$page" | sed -E 's/^..(.*).$/\1/' | grep -vE '^[a-z]+:' | sort -u >found
  while IFS= read -r link; do
    links=$((links + 1))
    target=$page
    [ "${link#\#}" != "$link" ] || target=${page%/*}/${link%%#*}
    [ -e "$target" ] || fail "$page: nothing is at '$link'"
    [ "${link%#*}" != "$link" ] || continue
    headings "$target" | grep -qxF -- "${link#*#}" || fail "$page: no heading is at '$link'"
  done <found
done
[ $links -gt 60 ] || fail "only $links links were found"

cd "$root" || exit
for path in $(grep -ohE '`(src|tests|docs|examples|release)/[^`<>* ]+`' ./*.md docs/*.md | tr -d '`' | sort -u); do
  [ -e "$path" ] || fail "a page names '$path', which is not there"
done

names=0
cd docs || exit
while IFS=$(printf '\t') read -r file name; do
  names=$((names + 1))
  grep -qF -- "$name" "$file" || fail "docs/ARCHITECTURE.md: '$name' is not in $file"
done < <(grep -oE '\]\([^)]+\): `[^`]+`' ARCHITECTURE.md | sed -E 's/^..([^)]+)\): `(.*)`$/\1\t\2/')
[ $names -gt 20 ] || fail "only $names names of the code were found"
