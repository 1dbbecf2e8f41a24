# Every other verb takes no lock, changes nothing.
tree
expect 0 backup
backup=$(newest)
start run --deploy "$(hang reached)"
until_true 20 test -e reached
everything() { find . -type f ! -name out ! -name started.out -printf '%p %m %T@ ' -exec sha256sum {} \; | sort; }
before=$(everything)
for verb in status list lint "show $backup" diff "diff $backup latest" verify history config "check --health-check true" "help run" version; do
  # shellcheck disable=SC2086 # a verb and its words
  expect 0 $verb
  says_not "Waiting"
done
[ "$(everything)" = "$before" ] || fail "looking changed something: $(diff <(everything) <(printf '%s\n' "$before"))"
