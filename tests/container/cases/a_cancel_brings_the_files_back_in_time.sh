# A cancelled `docker run` gets INT, or TERM, while a command runs: the files are back before
# anybody sends a KILL, which docker and GitHub do after ten seconds, and the container ends; a TERM after the INT changes nothing.
# cancel STATUSES SIGNALS ARGUMENT…: a run that reaches hang() and then gets the signals
cancel() {
  local wanted=$1 signals=$2 began signal status
  shift 2
  rm -rf reached services backups && tree
  start run "$@" --health-start-period 0s
  until_true 20 test -e reached
  began=$(date +%s%N)
  for signal in $signals; do kill "-$signal" "$started"; done
  until_true 20 grep -q "echo old" "$(entrypoint)"
  until_true 20 grep -q "live now:" started.out # what follows is the engine's: it removes the container
  [ $((($(date +%s%N) - began) / 1000000)) -lt 10000 ] || fail "too late: $*"
  ended
  status=$?
  cp started.out out
  grep -qwF -- "$status" <<<"$wanted" || fail "$signals gave $status: $*"
  is_old
  until_true 20 sh -c '[ -z "$(docker ps --quiet --filter "volume=$PWD")" ]'
}
word="$(generate_word new)"
for signals in INT TERM "INT TERM"; do
  statuses=130
  [ "$signals" != TERM ] || statuses=143
  # The client hands each on by a request of its own, and the second may overtake the first.
  [ "$signals" != 'INT TERM' ] || statuses='130 143'
  cancel "$statuses" "$signals" --generate "$word; $(hang reached)"
  cancel "$statuses" "$signals" --generate "$word" --deploy "$(hang reached)"
  answer_says "live now: unknown: "
  cancel "$statuses" "$signals" --generate "$word" --deploy true --check-baseline false --health-check "$(hang reached)"
  cancel "$statuses" "$signals" --generate "$word" --deploy 'exit 1' --rollback-command "$(hang reached)"
  answer_says "live now: unknown: "
done
