# A link, a socket, a directory that is closed: one warning each, and a restore leaves them alone.
tree
mkdir -p conf/closed && echo x >conf/closed/x.conf && echo ok >conf/ok.conf
ln -s ok.conf conf/link.conf
mkfifo conf/pipe.conf
echo 'files: ["conf/**"]' >backstep.yml
chmod 000 conf/closed
become_nobody
chown root conf/closed 2>/dev/null
expect 0 backup
for path in conf/link.conf conf/pipe.conf conf/closed; do
  [ "$(grep -c "Warning: $path is left out" out)" = 1 ] || fail "not one warning for $path"
done
expect 0 show latest
says conf/ok.conf
grep -Eq '\(not stored\) +conf/link.conf$' out || fail 'show does not say that it is not stored'
# What was seen and not stored then stays, whatever it is today.
rm conf/link.conf && echo 'a file today' >conf/link.conf
echo changed >conf/ok.conf
chown 65534:65534 conf/link.conf conf/ok.conf 2>/dev/null
expect 0 rollback
holds conf/ok.conf ok
holds conf/link.conf 'a file today'
# What is named by itself must be understood.
expect 6 backup --files conf/pipe.conf
says "cannot back up 'conf/pipe.conf': it is a FIFO"
