# Names: [A-Za-z0-9][A-Za-z0-9._-]{0,63}, not containing _<entrypoint file>; what is called otherwise is left out.
tree
for name in 'two words' .hidden -dash ünal x_entrypoint.sh "$(printf 'x%.0s' {1..65})" $'new\nline' $'esc\033[31m'; do
  mkdir "services/$name"
  echo mine >"services/$name/entrypoint.sh"
  expect 0 backup
  says "is left out: service names are"
  [ "$(grep -c 'left out' out)" = 1 ] || fail 'not one warning'
  ! grep -q $'\033' out || fail "an escape came through"
  [ "$(find "backups/$(newest)" -type f | wc -l)" = 3 ] || fail "not two scripts and a manifest"
  # Whatever goes back, they stay.
  backup_of v2
  echo newer >"services/$name/entrypoint.sh"
  sh -c "$(generate_word v3)"
  echo newer >"services/$name/entrypoint.sh"
  expect 0 rollback --to latest --exact
  is_word v2
  holds "services/$name/entrypoint.sh" newer
  rm -r "services/$name"
done
mkdir 'services/no script in it'
expect 0 backup
says_not 'left out'
