# The first run with a name goes on from what was known without one: its sets, verdicts and history.
a_good_v1
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check true
mkdir backups/2024-03-10_14-23-00 && cp services/action_service/entrypoint.sh backups/2024-03-10_14-23-00/action_service_entrypoint.sh
before=$(cd backups && find . -type f ! -path './.backstep/lock' | sort | xargs sha256sum)
sets=$(backups)
expect 20 run --environment production --generate "$(generate_word bad)" --deploy true --health-check '! grep -q bad services/*/entrypoint.sh'
says "Environment production begins with what the store without a name knows: "
is_word v2
after=$(cd backups && find . -path ./production -prune -o -type f ! -path './.backstep/lock' -print | sort | xargs sha256sum)
[ "$before" = "$after" ] || fail 'the nameless store has changed'
for id in $sets; do
  exists "backups/production/$id"
  [ "$(stat -c %i "backups/$id/action_service_entrypoint.sh")" = "$(stat -c %i "backups/production/$id/action_service_entrypoint.sh")" ] || fail "$id is no link"
done
expect 0 verify --environment production
expect 0 run --environment production --deploy true --health-check true
says_not 'begins with'
# A second name begins anew.
expect 0 run --environment staging --deploy true
says_not 'begins with'
[ "$(find backups/staging -maxdepth 1 -name '2*' | wc -l)" = 1 ] || fail 'staging has adopted'
# Without a name nobody can tell any more; "." is the one without.
expect 2 backup
says "production, staging and one without a name ('.')"
expect 0 backup --environment .
[ "$(backups | grep -c '^2')" = $(($(echo "$sets" | wc -w) + 1)) ] || fail 'not in the nameless store'
