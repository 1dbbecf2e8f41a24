# Beside the tracked files: closed directories, a closed file, a link, a socket, a name in Latin-1. Each is
# one warning, whatever the check then says, and each verb that looks works.
tree
mkdir conf data && echo good >conf/a.conf && echo x >data/x.conf
printf 'files: ["conf/*", "**/*.conf", data/x.conf]\nexclude: [as_nobody]\n' >backstep.yml
become_nobody
quick_checks
printf '%s\n' 'mkdir conf/shut conf/names conf/way' 'touch conf/names/n.conf conf/way/w.conf conf/secret.conf' \
  'chmod 000 conf/shut conf/secret.conf' 'chmod 444 conf/names' 'chmod 111 conf/way' 'ln -s a.conf conf/link.conf' \
  'mkfifo conf/pipe.conf' 'touch "$(printf "conf/caf\351.conf")"' 'chmod 000 data' >leave.sh
restore_modes() { chmod 755 data conf/* 2>/dev/null; rm -rf conf/[b-z]*; }

each_is_named() {
  local path
  for path in data conf/shut conf/names conf/way conf/secret.conf conf/link.conf conf/pipe.conf 'conf/caf\xe9.conf' data/x.conf; do
    [ "$(grep -cF "Warning: $path is left out" out)" = 1 ] || fail "not one warning for $path"
  done
  [ "$(grep -c "'exclude' names what to pass over" out)" = 9 ] || fail "not nine warnings"
}
verbs_look() {
  local verb
  for verb in status list diff recover history verify; do expect 0 "$verb"; done
  expect 0 check --health-check true
}

expect 0 run --generate 'echo better >conf/a.conf' --deploy 'sh leave.sh' --health-check true
each_is_named
verbs_look
restore_modes
expect 20 run --check-baseline false --generate 'echo bad >conf/a.conf' --deploy 'sh leave.sh; chmod 755 data' --health-check 'grep -q better conf/a.conf'
holds conf/a.conf better
verbs_look
# A file that is tracked and cannot be reached any more is named, and the rest comes back.
restore_modes
expect 22 run --generate 'echo bad >conf/a.conf; echo bad >data/x.conf' --deploy 'chmod 000 data' \
  --rollback-command true --health-check 'grep -q better conf/a.conf' --check-baseline false
holds conf/a.conf better
says "data/x.conf was not put back"
chmod 755 data
expect 20 recover
holds data/x.conf x
# A link in the place of a directory: the check decides here, too.
mkdir elsewhere
expect 0 run --deploy 'rm -r conf; ln -s elsewhere conf' --health-check true --rollback-command true
expect 0 rollback --to latest --files-only
holds conf/a.conf better
[ ! -L conf ] || fail "conf is still a link"
