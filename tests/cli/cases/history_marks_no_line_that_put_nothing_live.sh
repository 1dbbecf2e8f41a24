# history: where a line left nothing live, or nobody knows what, none is marked as live.
need python3
unmarked() {
  expect 0 history
  says "$1"
  says_not ' live '
  expect 0 history --json
  json 'not any(run["live_since"] for run in d["runs"]) or 1/0'
}
mkdir services
first='mkdir services/a; printf "#!/bin/sh\n" >services/a/entrypoint.sh; chmod 755 services/a/entrypoint.sh'
expect 10 run --generate "$first" --deploy 'exit 7'
unmarked nothing_to_roll_back_to
tree
expect 0 begin
sh -c "$(generate_word v1)"
expect 0 recover --keep
unmarked kept
