# Images by commit: a broken commit's check fails, and the rollback command deploys the commit that worked.
need git
cp -R "$CASES/../../examples/image-tags" shop
cd shop || exit 1
mkdir ../bin && ln -s "$BACKSTEP" ../bin/backstep
export PATH=$PWD/../bin:$PATH GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
{ git init -q . && git add . && git commit -qm 'It works'; } || fail 'no repository can be made'
push() { git commit -qam "$1" && git rev-parse HEAD; }
pipeline() {
  ./pipeline.sh >out 2>&1
  status=$?
  [ "$status" = "$1" ] || fail "the pipeline exited with $status, not $1"
}
runs() { [ "$(readlink running/web)" = "../registry/web:$1" ] || fail "$(readlink running/web) runs, not $1"; }

first=$(git rev-parse HEAD)
pipeline 0
runs "$first"
sed -i 's/hello/helo/' app/greet.sh
broken=$(push 'A mistake')
pipeline 20
says "web runs $broken"
says "web answers 'helo from the shop'"
says "web runs $first"
answer_says 'healthy again'
runs "$first"
sed -i 's/helo/hello again/' app/greet.sh
mended=$(push 'Mended')
pipeline 0
runs "$mended"
sed -i 's/hello/hi/' app/greet.sh
push 'Another mistake' >/dev/null
pipeline 20
runs "$mended"

# Before anything worked there is no commit to go back to, which is said, not guessed.
rm -r backups running
pipeline 22
says 'there is none to go back to'
answer_says 'The rollback failed'
