# --user: a user that the image does not know, on that user's tree.
box --user 1000:1000
tree
of_user 1000
good_and_bad_run
deletable_by 1000
