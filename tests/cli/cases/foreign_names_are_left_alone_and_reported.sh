# Foreign names are left alone and reported once.
tree
mkdir -p backups/notes.d backups/2024-99-99_00-00-00
echo mine >backups/README; echo mine >backups/2024-01-01_00-00-00; echo x >backups/notes.d/x
expect 0 backup
expect 0 list
for name in README notes.d 2024-99-99_00-00-00 2024-01-01_00-00-00; do
  [ "$(grep -cF "'$name'" out)" = 1 ] || fail "$name is not reported once"
done
expect 0 prune --keep-last 1 --keep-within 0
sh -c "$(generate_word v1)"
expect 0 rollback
holds backups/README mine
holds backups/2024-01-01_00-00-00 mine
exists backups/notes.d/x
exists backups/2024-99-99_00-00-00
