# Names: [A-Za-z0-9][A-Za-z0-9._-]{0,63}, not containing _<entrypoint file>; others are an error.
tree
for name in 'two words' .hidden -dash ünal x_entrypoint.sh "$(printf 'x%.0s' {1..65})" $'new\nline' $'esc\033[31m'; do
  mkdir "services/$name"
  touch "services/$name/entrypoint.sh"
  expect 6 backup
  one_line
  says "service names are"
  ! grep -q $'\033' out || fail "an escape came through"
  rm -r "services/$name"
done
mkdir 'services/no script in it'
expect 0 backup
