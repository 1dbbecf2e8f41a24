# A hanging check: stopped at its timeout, deadline above all; rolled back.
a_good_v1
given_time 20 run --generate "$(generate_word v2)" --deploy true --health-timeout TIME --stop-grace 0s --health-check "$says_v1 || exec tail -f /dev/null"
says "timed out after $TIME"
given_time 20 run --generate "$(generate_word v2)" --deploy true --health-deadline TIME --health-retries 1000 --stop-grace 0s --health-check "$says_v1"
is_word v1
