# An entrypoint that is a symlink, directory, FIFO, device or setuid is refused by name, without hanging.
tree
k=services/kind
for make in 'ln -s /etc/passwd e' 'ln -s nowhere e' 'mkdir e' 'mkfifo e' 'mknod e c 1 3' 'touch e; chmod 4755 e' 'touch e; chmod 2755 e'; do
  mkdir $k
  (cd $k && eval "${make// e/ entrypoint.sh}") 2>/dev/null || { rm -r $k; continue; }
  for verb in backup "run --deploy false"; do
    # shellcheck disable=SC2086 # words
    expect 6 $verb
    says "'$k/entrypoint.sh'"
    one_line
  done
  rm -r $k
done
[ -z "$(backups)" ] || fail "a backup was made"
no_journal
