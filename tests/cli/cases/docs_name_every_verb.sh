# Every verb of the binary is in docs/commands.md, and help VERB fits one screen with an example.
page=$CASES/../../docs/commands.md
verbs=$("$BACKSTEP" help | sed -nE 's/^  ([a-z]+) +.*$/\1/p')
[ "$(echo "$verbs" | wc -l)" -ge 17 ] || fail "help lists too few verbs: $verbs"
for verb in $verbs; do
  grep -qE "[\`, (]${verb}[\`, ]|backstep $verb" "$page" || fail "docs/commands.md does not name $verb"
  "$BACKSTEP" help "$verb" >out || fail "no help for $verb"
  [ "$(wc -l <out)" -le 24 ] || fail "help $verb is longer than a screen"
  [ "$(wc -L <out)" -le 80 ] || fail "help $verb is wider than a screen"
  says "example:"
done
