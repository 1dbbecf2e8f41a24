# Values whose keys say that they are secret, and those of the environment, are in no form of it; when
# nothing else changed, that is said.
need python3
tree app only
export DEPLOY_TOKEN=tok-4711-abcdef
cat >services/app/entrypoint.sh <<'EOT'
#!/bin/sh
export API_TOKEN=s3cr3t-one
export PORT=8080
exec app --token s3cr3t-two --url postgres://app:s3cr3t-three@db/app --log /var/log/app
echo tok-4711-abcdef
curl -u app:s3cr3t-eleven https://s3cr3t-and-longer-twelve@host/
OLD_PASSWORD=s3cr3t\
s3cr3t-thirteen
EOT
cat >services/only/entrypoint.sh <<'EOT'
#!/bin/sh
export DB_PASSWORD='s3cr3t-four'
exec only --verbose
EOT
cat >compose.yml <<'EOT'
services:
  app:
    environment:
      password: s3cr3t-five
      GREETING: hello
    key: |
      s3cr3t-six
    image: registry/auth:1.2
    tokens:
    - s3cr3t-seven
    extra:
      - name: DB_PASSWORD
        # kept for the old one
        value: >-
          s3cr3t-eight
    more: { "name": "API_KEY", "value": "s3cr3t-nine" }
    last:
      secret:
        s3cr3t-ten
EOT
{
  printf 'data:\n  main: czNjcjN0LW9uZQ==\n'
  for key in $(seq 40); do printf '  key%s: YWx3YXlz\n' "$key"; done
  printf '  port: "5432"\nkind: Secret\n---\nkind: ConfigMap\ndata:\n  colour: red\n'
} >db.yml
echo 'files: [compose.yml, db.yml]' >backstep.yml
expect 0 backup
sed -i -e 's/s3cr3t/n3wer/' -e 's/8080/9090/' -e 's/tok-4711-abcdef/tok-4711-abcdef !/' services/*/entrypoint.sh compose.yml
sed -i -e 's/hello/goodbye/' -e 's/1.2/1.3/' compose.yml
sed -i -e 's/czNjcjN0/bjN3ZXI/' -e 's/5432/6543/' -e 's/red/blue/' db.yml
for flags in '' --stat --json; do
  # shellcheck disable=SC2086 # none or one
  expect 0 diff $flags
  for secret in s3cr3t n3wer tok-4711 czNjcjN0 bjN3ZXI YWx3YXlz 5432 6543; do says_not "$secret"; done
done
expect 0 diff
says "c    services/only/entrypoint.sh (only masked values differ)"
says '-export DB_PASSWORD=***'
says '+export DB_PASSWORD=***'
says " exec only --verbose"
says "c    services/app/entrypoint.sh (5 of the lines differ only in masked values)"
says "+exec app --token ***"
says "+echo *** !"
says "+export PORT=9090"
says "-      password: ***"
says "+      GREETING: goodbye"
says "-      ***"
says "+    image: registry/auth:1.3"
says '-  main: ***'
says '+  port: ***'
says '-  colour: red'
says '@@ -40,9 +40,9 @@'
expect 0 diff --json
json '[f["note"] for f in d["files"] if "only" in f["path"]] == ["only masked values differ"]'
expect 0 diff latest latest
says "No difference"
