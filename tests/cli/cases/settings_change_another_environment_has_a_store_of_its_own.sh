# v1 and v2 went live in staging. Production's first run fails: back to its own backup, and what staging
# alone tracks is left.
tree
echo staging >staging.conf; echo production >production.conf
echo 'files: [staging.conf]' >staging.yml
echo 'files: [production.conf]' >production.yml
run_version 0 v1 --config staging.yml
run_version 0 v2 --config staging.yml
exists backups/staging
sh -c "$(generate_word before)"
echo "edited since" >staging.conf
store_of_staging() { find backups/staging -type f -printf '%p %i %m %T@\n' | sort; }
before=$(store_of_staging)
GENERATE='echo v3 >production.conf' run_version 20 v3 --config production.yml
went_back_to "$(own_backup)"
exists "backups/production/$(own_backup)"
is_word before
[ "$(cat production.conf)" = production ] || fail "production.conf is $(cat production.conf)"
[ "$(cat staging.conf)" = "edited since" ] || fail "staging.conf is $(cat staging.conf)"
[ "$(store_of_staging)" = "$before" ] || fail "staging's store was changed"
