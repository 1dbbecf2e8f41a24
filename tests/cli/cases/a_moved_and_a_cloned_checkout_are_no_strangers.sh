# The same project by its origin, by whichever URL, and in another place; as another user too.
need git
store=$PWD/store
mkdir first && cd first || exit 1
tree
git init -q . && git remote add origin https://someone:secret@git.example.com:8443/shop/web.git
expect 0 backup --backups-dir "$store"
grep -q 'git.example.com/shop/web' "$store/.backstep/project.json" || fail 'the origin is not remembered'
! grep -rq secret "$store" || fail 'a password is remembered'
cd .. && cp -r first second
cd second && git remote set-url origin git@git.example.com:shop/web
expect 0 backup --backups-dir "$store"
# A worktree has a file for `.git`.
git -c user.name=n -c user.email=e@e commit -q --allow-empty -m x && git worktree add -q ../third
cd ../third && tree
expect 0 backup --backups-dir "$store"
git remote set-url origin https://git.example.com/shop/other
expect 6 backup --backups-dir "$store"
says "of the repository 'git.example.com/shop/web', and this is 'git.example.com/shop/other'"
# Without any name the place decides, as long as it is there.
cd .. && mkdir plain && cd plain && tree
expect 0 backup --backups-dir "$store"
store=${PWD%/*}/store2
expect 0 backup --backups-dir "$store"
cd .. && mv plain moved && cd moved || exit 1
expect 0 backup --backups-dir "$store"
cp -r . ../copy && cd ../copy || exit 1
expect 6 backup --backups-dir "$store"
# Cron as another user, in the place that is known.
cd ../moved || exit 1
chmod -R a+rwX "$store" . && chmod a+x ..
become_nobody
chown -R 65534:65534 "$store" 2>/dev/null
expect 0 backup --backups-dir "$store"
