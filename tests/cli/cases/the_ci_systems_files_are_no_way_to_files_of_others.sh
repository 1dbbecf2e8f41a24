# Earlier steps of a job may write where the runner's files lie. A link in their place leads root to no file of his
# own; what the runner made is written, whoever the runner is.
[ "$(id -u)" = 0 ] || skip "only root can write to the files of others"
tree
mkdir runner
printf 'root:secret\n' >secret
: >runner/output
chown -R 65534:65534 runner
export GITHUB_ACTIONS=true GITHUB_OUTPUT=$PWD/runner/output
expect 0 backup
holds runner/output exit_code
for make in ln 'ln -s' mv; do
  rm runner/output
  cp secret kept
  $make "$PWD/secret" runner/output
  expect 0 backup
  says "GITHUB_OUTPUT was not written: cannot write to '$PWD/runner/output': "
  cmp -s kept runner/output || fail "root's file was written to by $make: $(cat runner/output)"
  cp -p kept secret
done
