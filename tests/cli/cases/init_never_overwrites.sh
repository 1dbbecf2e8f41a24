# A backstep.yml that is there, whatever it is, stays as it is: exit 2 with a sentence.
tree
mkdir outside
: >out
looks() { ls -A . outside; stat -c '%n %F %a %i %y' backstep.yml; cat outside/* 2>/dev/null; }
for kind in file empty link dangling directory fifo; do
  rm -rf backstep.yml outside/*
  case $kind in
    file) echo 'lock_wait: 1m' >backstep.yml ;;
    empty) : >backstep.yml ;;
    link) echo mine >outside/mine && ln -s outside/mine backstep.yml ;;
    dangling) ln -s outside/theirs backstep.yml ;;
    directory) mkdir backstep.yml ;;
    fifo) mkfifo backstep.yml ;;
  esac
  before=$(looks)
  expect 2 init
  says "'backstep.yml' is here already, and nothing was changed; 'backstep init --print' shows what a new one would say"
  one_line
  [ "$before" = "$(looks)" ] || fail "$kind: something changed"
  expect 0 init --print
  says 'services_dir: services'
done
# Two at once: one of them writes.
rm -rf backstep.yml
for i in 1 2 3 4 5 6; do "$BACKSTEP" init >"out.$i" 2>&1 & done
wait
[ "$(grep -l 'Wrote backstep.yml' out.? | wc -l)" = 1 ] || fail 'not exactly one wrote it'
[ -z "$(find . -name '*backstep-new*')" ] || fail 'a leftover'
expect 0 config
