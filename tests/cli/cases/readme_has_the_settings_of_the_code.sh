# The README's table of settings is what the code says, row by row.
tables=$CASES/../support/readme_tables.sh
readme=$CASES/../../README.md
bash "$tables" settings "$BACKSTEP" >wanted
[ "$(wc -l <wanted)" -gt 10 ] || fail "the code gave only $(wc -l <wanted) rows"
while IFS= read -r row; do
  grep -qxF -- "$row" "$readme" || fail "README lacks this row: $row"
done <wanted
