# A deploy that starts only what changed must start what a rollback brought back, too: by hand there is no deploy before
# it that would have told.
tree web worker
printf 'files: [site.conf]\ndeploy: cat "$BACKSTEP_CHANGED_FILE" >>started; echo "$BACKSTEP_CHANGED_SERVICES" >>started\n' >backstep.yml
echo v1 >site.conf
expect 0 backup
first=$(newest)
expect 0 run --generate 'echo "echo v2" >>services/web/entrypoint.sh; echo v2 >site.conf'
rm started
expect 0 rollback --to "$first"
[ "$(cat started)" = "$(printf 'web\nsite.conf\nweb site.conf')" ] || [ "$(cat started)" = "$(printf 'site.conf\nweb\nsite.conf web')" ] ||
  fail "it was told: $(cat started)"
rm started
expect 0 rollback --to "$first" --service worker
holds site.conf v1
