# A set that is not what its manifest says is named, with exit code 3; not one line of it is shown.
tree
expect 0 backup
first=$(newest)
sed -i 's/old/new/' "$(entrypoint)"
expect 0 backup
second=$(newest)
nothing_but() {
  one_line
  says "$1"
  says_not "echo"
}
rm "backups/$first/typesense_client_service_entrypoint.sh"  # a link that both share
echo "echo forged" >"backups/$first/typesense_client_service_entrypoint.sh"
expect 3 diff "$first"
nothing_but "$first is damaged, so nothing of it is shown: typesense_client_service_entrypoint.sh: size 12, not"
expect 3 diff "$second" "$first"
nothing_but "$first is damaged"
"$BACKSTEP" diff "$first" "$second" --json 2>err >out && fail 'the JSON shows it'
says '"backstep": "refusal"'
mv err out
nothing_but "$first is damaged"
expect 3 diff "$first" --stat
nothing_but "$first is damaged"
expect 0 diff "$second"
rm "backups/$second/action_service_entrypoint.sh"
expect 3 diff
nothing_but "$second is damaged, so nothing of it is shown: action_service_entrypoint.sh: missing"
: >"backups/$second/_manifest.jsonl"
expect 3 diff
nothing_but "backups/$second/_manifest.jsonl"
