# What the generator made as root becomes the checkout's owner's as a copy. A file that only root may read, or that has
# another name, may have been moved there by the owner: it stays root's, which is said.
[ "$(id -u)" = 0 ] || skip 'only root can give files away'
tree
printf '#!/bin/sh\necho root-only\n' >secret
chmod 700 secret
ln secret other_name
chown 65534:65534 . services services/*
inode=$(stat -c %i secret)
expect 0 run --generate 'mkdir services/moved services/linked services/made && mkdir -m 700 services/closed &&
  printf "#!/bin/sh\n" >services/closed/entrypoint.sh && chmod 755 services/closed/entrypoint.sh && cp secret services/moved/entrypoint.sh
  chmod 755 secret && ln secret services/linked/entrypoint.sh && cp secret services/made/entrypoint.sh' --deploy true
[ "$(stat -c '%i %u' secret)" = "$inode 0" ] || fail "another name was given away: $(ls -lin secret)"
[ "$(stat -c %u services/made/entrypoint.sh)" = 65534 ] || fail "what was made is not handed over"
[ "$(stat -c %u services/made)" = 65534 ] || fail "its directory is not handed over"
[ "$(stat -c %u services/linked/entrypoint.sh)" = 0 ] || fail "a hard link was handed over"
says "services/linked/entrypoint.sh, which the generator made, stays root's: it is a hard link"
says "services/moved/entrypoint.sh, which the generator made, stays root's"
[ "$(stat -c '%u %a' services/closed)" = '0 700' ] || fail "a directory that only root may enter was handed over"
says "services/closed, which the generator made, stays root's"
