# A symlink or a file in the place of services_dir is exit 6 with its name, for backup and run alike.
tree
mv services elsewhere
for make in 'ln -s elsewhere services' 'touch services' 'mkfifo services'; do
  $make
  for verb in backup "run --deploy false"; do
    # shellcheck disable=SC2086 # words
    expect 6 $verb
    says "'services'"
    [ "$(wc -l <out)" = 1 ] || fail "not one line"
  done
  rm services
done
[ -z "$(backups)" ] || fail "a backup was made"
