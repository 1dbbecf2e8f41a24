# As root on root's own tree, as most CI systems run an image.
tree
good_and_bad_run
