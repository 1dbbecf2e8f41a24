# docs/lint.md has a row for each rule with what it finds and which failure it prevents.
docs=$CASES/../../docs/lint.md
"$BACKSTEP" help rules >out
sed -nE 'N;s/^  ([a-z-]+) +(error|warning) +(.*)\n +prevents (.*)$/| `\1` | \2 | \3 | \4 |/p;t;P;D' out | grep '^|' >wanted
[ "$(wc -l <wanted)" = 10 ] || fail "the code gave $(wc -l <wanted) rows: $(cat wanted)"
while IFS= read -r row; do
  grep -qxF -- "$row" "$docs" || fail "docs/lint.md lacks this row: $row"
done <wanted
[ "$(grep -c '^| `' "$docs")" = 10 ] || fail "docs/lint.md has other rows"
