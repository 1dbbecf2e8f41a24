# A pass outranks failures: a set that was bad and then passes is good.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
failed=failed/$(ls backups/.backstep/failed)
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check true
expect 0 show "$failed"
says "verdict: good"
