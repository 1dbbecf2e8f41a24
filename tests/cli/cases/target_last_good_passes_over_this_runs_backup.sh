# rollback_target last-good goes to the newest known good; previous to this run's backup.
a_good_v1
sed -i 's/v1/edited/' "$(entrypoint)"
expect 21 run --rollback-target previous --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
is_word edited
expect 20 run --rollback-target last-good --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
is_word v1
