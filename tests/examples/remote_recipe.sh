# What every recipe for a remote must do, whatever it stores in. `kill_at_end PID`: it ends with the case.
kill_at_end() {
  all_started="${all_started-} $1"
  # shellcheck disable=SC2064 # the list as it is now
  trap "kill -9 $all_started 2>/dev/null; :" EXIT
}
# machine NAME RECIPE: a fresh tree on a machine of its own.
machine() {
  cd "$here" && mkdir "$1" && cd "$1" && tree && cp "$CASES/../../examples/remote/$2" . || exit
  printf 'project: shop\nremote: {fetch: ./%s fetch, store: ./%s store}\n' "$2" "$2" >backstep.yml
}
# Three machines in a row know each other's runs, and of two at once both are kept.
the_recipe_works() {
  here=$PWD
  quick_checks
  machine one "$1"
  expect 0 run --generate "$(generate_word v1)" --deploy true --health-check "$says_v1"
  says "Stored in './$1 fetch'"
  machine two "$1"
  expect 0 begin
  machine three "$1"
  expect 20 run --generate "$(generate_word v3)" --deploy true --health-check "$says_v1"
  is_word v1
  # The second was slower: what the third stored is not written over.
  cd "$here/two" || exit
  sh -c "$(generate_word v2)"
  expect 0 finish --status success
  machine four "$1"
  expect 0 pull
  [ "$(grep -c '"event":"accepted"' "$history")$(grep -c '"event":"rolled_back"' "$history")" = 21 ] || fail "a run is lost: $(cat "$history")"
  expect 0 push
  says 'Nothing new'
}
