# The lock excludes whoever comes, also when a `git clean` unlinked its file under the running tool.
tree
start run --generate "$(generate_word new)" --deploy "touch reached; until [ -e go ]; do sleep 0.05; done"
until_true 20 test -e reached
rm backups/.backstep/lock
for verb in "run --deploy true" backup recover "finish --status failure"; do
  # shellcheck disable=SC2086 # a verb and its flags
  expect 11 $verb --lock-wait 300ms
done
expect 0 status
says "at work    somebody"
is_word new
touch go
ended || fail "the first run failed: $(cat started.out)"
is_word new
expect 0 backup
