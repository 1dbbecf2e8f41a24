# The tables of inputs and outputs are what action.yml and the code say, row by row.
tables=$CASES/../support/docs_tables.sh
page=$CASES/../../docs/outputs.md
{ bash "$tables" inputs && bash "$tables" outputs "$BACKSTEP"; } >wanted
[ "$(wc -l <wanted)" = 23 ] || fail "the code gave $(wc -l <wanted) rows"
while IFS= read -r row; do
  grep -qxF -- "$row" "$page" || fail "docs/outputs.md lacks this row: $row"
done <wanted
