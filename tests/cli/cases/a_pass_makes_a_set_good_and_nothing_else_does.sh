# Good only by a configured check that passed on this set.
tree
expect 0 run --generate "$(generate_word v1)" --deploy true
expect 0 status
says_not good
expect 0 run --deploy true --health-check true
expect 0 status
says ", good"
