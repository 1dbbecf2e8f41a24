# A file, a link, a socket or a filled directory where a service or its script was: it is moved away,
# all of it, and every service comes back. Whoever asks again finds nothing more to do.
quick_checks
kept() { find backups/.backstep/failed -path "*/_in_the_way/$1"; }
in_the_way() { # in_the_way COMMAND PATH
  rm -rf services backups elsewhere
  mkdir elsewhere && echo precious >elsewhere/entrypoint.sh
  tree
  expect 20 run --check-baseline false --generate "$(generate_word new)" --deploy "$1" \
    --rollback-command true --health-check 'grep -q "echo old" services/*/entrypoint.sh && ! test -L services/action_service'
  is_old
  is_old typesense_client_service
  says "is kept as backups/.backstep/failed/"
  [ -n "$(kept "$2")" ] || fail "$1: $2 is not in the evidence: $(find backups/.backstep/failed)"
  holds elsewhere/entrypoint.sh precious
  no_journal
  expect 0 verify
  expect 0 recover
  says "nothing to recover"
}
in_the_way 'rm -r services/action_service; echo oops >services/action_service' services/action_service
holds "$(kept services/action_service)" oops
in_the_way 'rm -r services/action_service; ln -s ../elsewhere services/action_service' services/action_service
in_the_way "rm $(entrypoint); mkdir $(entrypoint); echo mine >$(entrypoint)/inner" "$(entrypoint)"
holds "$(kept "$(entrypoint)/inner")" mine
in_the_way "rm $(entrypoint); ln -s ../../elsewhere/entrypoint.sh $(entrypoint)" "$(entrypoint)"
in_the_way "rm $(entrypoint); mkfifo $(entrypoint)" "$(entrypoint)"
in_the_way 'mv services old_services; ln -s old_services services' services
rm -r old_services
in_the_way 'rm -r services; echo gone >services' services

# By hand, too.
tree
expect 0 backup
rm -r services/action_service && echo oops >services/action_service
expect 0 rollback --to latest
says "Service action_service does not exist. Skipping."
expect 0 rollback --to latest --recreate
is_old
holds "$(kept services/action_service)" oops
# An empty directory, as docker makes it for a file that it should mount.
rm "$(entrypoint)" && mkdir "$(entrypoint)"
expect 0 rollback --to latest
is_old
