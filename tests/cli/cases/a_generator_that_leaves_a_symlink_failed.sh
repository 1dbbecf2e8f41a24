# What the generator leaves in an entrypoint's place is its own failure: 5, and the old file is back.
tree
before=$(snapshot)
for make in 'ln -s /etc/passwd' 'mkfifo' 'mkdir'; do
  expect 5 run --deploy 'touch ran' --generate "rm $(entrypoint); $make $(entrypoint)"
  says "services/action_service/entrypoint.sh"
  missing ran
  [ "$(snapshot)" = "$before" ] || fail "$make: the old file is not back: $(ls -l services/*)"
  no_journal
done
