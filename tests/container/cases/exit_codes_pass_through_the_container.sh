# What a pipeline sees of `docker run` is what the binary answered.
tree
expect 0 run --deploy true
expect 2 frobnicate
expect 5 run --generate 'exit 9'
expect 6 backup --services-dir none
expect 21 run --generate "$(generate_word new)" --deploy 'exit 3' --rollback-command true
expect 22 run --generate "$(generate_word new)" --deploy 'exit 3'
