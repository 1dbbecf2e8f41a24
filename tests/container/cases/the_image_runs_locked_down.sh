# Another user, no capabilities, no new privileges, a read-only root, and all at once.
box --user 1000:1000 --cap-drop ALL --security-opt no-new-privileges --read-only
tree
of_user 1000
good_and_bad_run
deletable_by 1000
