# The table of exit codes is what the code says, row by row.
tables=$CASES/../support/docs_tables.sh
page=$CASES/../../docs/exit-codes.md
bash "$tables" exit-codes "$BACKSTEP" >wanted
[ "$(wc -l <wanted)" -gt 10 ] || fail "the code gave only $(wc -l <wanted) rows"
while IFS= read -r row; do
  grep -qxF -- "$row" "$page" || fail "docs/exit-codes.md lacks this row: $row"
done <wanted
