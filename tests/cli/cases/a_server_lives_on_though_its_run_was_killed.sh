# That our run is killed after its deploy is no reason for a server of the deploy to die of its next line.
tree
mkfifo asked
exec 9<>asked
printf 'while read -r word <asked; do echo "$word" && echo "$word" >>answered; done\n' >server.sh
start run --deploy 'sh server.sh & echo $! >pid' --check-baseline false --health-check "$(hang reached)"
trap 'kill -9 "$(cat pid)" "$started" 2>/dev/null' EXIT
until_true 20 test -e reached
kill -9 "$started"
ended 2>/dev/null
nobody_is_at_work
for word in one two; do
  echo $word >&9
  until_true 20 grep -q $word answered
done
