# Two stores exchange what they have. After that they are alike, and whatever goes back and forth again
# changes nothing: no set, no name, no line of the records.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
mkdir -p two/backups/2024-03-10_14-23-00
echo original >two/backups/2024-03-10_14-23-00/a_entrypoint.sh
cd two || exit
a_good_v1
expect 20 run --generate "$(generate_word v3)" --deploy true --health-check "$says_v1"
expect 0 export ../two.tar
cd ..
expect 0 import two.tar
expect 0 export one.tar
(cd two && "$BACKSTEP" import ../one.tar) >out 2>&1 || fail 'not imported'
state() { (cd "$1/backups" && find . -type f ! -name lock ! -name index -exec stat -c '%n %i %a %Y' {} + -exec sha256sum {} + | sort); }
alike() { state "$1" | grep -o '[0-9a-f]\{64\}.*' | grep -v '/store$'; } # each has a random name of its own
diff <(alike .) <(alike two) || fail 'the stores differ'
state . >one.before
state two >two.before
expect 0 import two.tar
says 'Nothing new'
expect 0 import one.tar
says 'Nothing new'
for archive in ../one.tar ../two.tar; do (cd two && "$BACKSTEP" import $archive) >out 2>&1 || fail "import of $archive"; done
state . | diff one.before - || fail 'the first store was changed'
state two | diff two.before - || fail 'the second store was changed'
