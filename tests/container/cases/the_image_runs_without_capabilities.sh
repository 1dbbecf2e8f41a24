# --cap-drop ALL: as root on root's tree.
box --cap-drop ALL
tree
good_and_bad_run
