# A human's mark outranks all: marked bad stays bad whatever passes, and is no target.
a_good_v1
expect 0 mark bad
expect 0 run --deploy true --health-check "$says_v1"
expect 0 status
says ", bad"
expect 10 rollback --to last-good
expect 0 mark good
expect 0 rollback --to last-good
expect 2 mark fine
says "'fine' is neither good nor bad"
