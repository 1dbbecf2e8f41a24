# Whoever may add a file names it, and a restore tells which one it could not give its owner back. A
# name can hold what starts a line for GitHub's runner, and what a terminal obeys.
need python3
[ "$(id -u)" = 0 ] || skip "needs root, to make files of another owner"
tree
name=$(printf 'a\r::add-mask::x\n\302\240::set-output name=result::accepted\n\033[31m\342\200\256.conf')
echo 1 >"$name"
expect 0 backup --files '*.conf'
on_github
export NO_COLOR=1 # or our own colours were escapes, too
become_nobody
for file in *.conf; do echo 2 >"$file"; done
expect 0 rollback --files-only --files '*.conf'
says 'Restored a\x0d::add-mask::x\x0a'
says '\xe2\x80\xae.conf'
! grep -q "$(printf '\033\\|\r\\|\342\200\256')" out || fail 'a terminal is steered'
[ "$(obeyed | grep -c '^::warning title=backstep::a.x0d')" = 1 ] || fail 'the page does not tell the warning'
! obeyed | grep -v '^::warning title=backstep::a.x0d' || fail 'obeyed'
