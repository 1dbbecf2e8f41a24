# Its table tells what each verb may execute, so no verb may be missing from it.
page=$CASES/../../docs/security.md
"$BACKSTEP" help >verbs.txt
verbs=$(sed -nE 's/^  ([a-z]+) .*/\1/p' verbs.txt | sort -u)
[ "$(wc -w <<<"$verbs")" -gt 20 ] || fail "only these verbs were found: $verbs"
for verb in $verbs; do
  grep -qE "\`$verb(\`| )" "$page" || fail "docs/security.md does not tell what '$verb' may execute"
done
