# Tools print a secret in forms of their own; none of them is in the log, in a report or in the evidence.
need python3
tree
export X_TOKEN='p@ss/wo"rd&12 34+zz'
cat >deploy.py <<'EOF'
import base64, html, json, os, shlex, urllib.parse
token = os.environ["X_TOKEN"]
print(json.dumps(token), urllib.parse.quote(token), urllib.parse.quote(token, safe=""), urllib.parse.quote_plus(token))
print(shlex.quote(token), html.escape(token), html.escape(token, quote=False))
for before in "", "u:", "us:":
    print(base64.b64encode((before + token).encode()).decode(), base64.urlsafe_b64encode((before + token).encode()).decode())
raise SystemExit(1)
EOF
expect 21 run --generate "$(generate_word v1)" --deploy 'python3 deploy.py' --rollback-command true --report report.xml
says '***'
# Beginnings and ends of base64 that depend on what stands beside the secret stay.
for part in 'wo.*34' 'p@ss' 'p%40ss' 'zcy93byJyZCYxMiAzNC' 'zL3dvInJkJjEyIDM0K3' 'cEBzcy93' 'BAc3Mvd28icmQm'; do
  ! grep -rn --include=out --include=report.xml --include='*.txt' -e "$part" . || fail "a form of the secret is shown: $part"
done
