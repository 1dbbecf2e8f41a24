# The README's tables of inputs and outputs are what action.yml and the code say, row by row.
tables=$CASES/../support/readme_tables.sh
readme=$CASES/../../README.md
{ bash "$tables" inputs && bash "$tables" outputs "$BACKSTEP"; } >wanted
[ "$(wc -l <wanted)" = 23 ] || fail "the code gave $(wc -l <wanted) rows"
while IFS= read -r row; do
  grep -qxF -- "$row" "$readme" || fail "README lacks this row: $row"
done <wanted
