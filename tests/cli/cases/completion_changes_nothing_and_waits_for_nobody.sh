# What the shells ask between two keys is answered while a run holds the lock, writes nothing, and is silent
# about whatever it does not understand.
tree
expect 0 backup
id=$(newest)
start run --deploy "$(hang reached)"
until_true 20 test -e reached
before=$(find . -name "*out" -prune -o -printf '%p %s %T@ %C@\n' | sort)
answers() {
  local wanted=$1
  shift
  expect 0 completion words -- "$@"
  [ "$(head -n 1 out)" = "$wanted" ] || fail "not '$wanted' on: $*"
}
answers "$id" rollback --to ''
answers ':files' import ''
answers '' nonsense ''
answers '' run --nonsense=
answers '' $'\xff' ''
answers '' mark good latest "$(printf 'x%.0s' {1..10000})"
[ "$before" = "$(find . -name "*out" -prune -o -printf '%p %s %T@ %C@\n' | sort)" ] || fail 'something changed'
