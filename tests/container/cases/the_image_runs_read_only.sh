# --read-only: nothing outside the mounted tree is written, not even in /tmp.
box --read-only
tree
good_and_bad_run
