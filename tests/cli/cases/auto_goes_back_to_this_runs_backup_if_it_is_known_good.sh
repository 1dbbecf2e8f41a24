# Auto: this run's backup if its digest is known good.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
is_word v1
says "this run's backup, known good"
answer_says "live now: the old version, healthy again"
