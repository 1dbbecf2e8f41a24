# What it prints turns the first version into the second: changed, new, removed and empty files, odd
# names, modes, ends without a newline. What it cannot show line by line it leaves to people.
need patch
need git
need python3
tree changed mode went ends
mkdir -p conf
echo 'files: ["conf/*", "new file.txt", empty.txt, was-empty.txt]' >backstep.yml
seq 1 40 >services/changed/entrypoint.sh
printf 'first\nlast' >services/ends/entrypoint.sh
printf 'tab\there\r\nlatin \351\n\033[31mred\n' >'conf/a"b\c é.conf'
printf 'x\0y' >conf/binary
: >was-empty.txt
expect 0 backup
mkdir before
cp -a services conf was-empty.txt before
sed -i -e '1d' -e 's/^20$/twenty/' -e '39a\new line' services/changed/entrypoint.sh
printf 'first\nlast\nafter' >services/ends/entrypoint.sh
chmod 644 services/mode/entrypoint.sh
rm -r services/went
printf 'tab\tthere\r\nlatin \351\n\033[32mgreen\n' >'conf/a"b\c é.conf'
printf 'x\0z' >conf/binary
printf 'one\ntwo' >'new file.txt'
: >empty.txt
echo filled >was-empty.txt
expect 0 diff
cp out changes.patch
says "c    conf/binary (binary, 3 and 3 bytes)"
wanted() { find . -type f ! -path './.git/*' ! -name '*.orig' -printf '%p %m\n' -exec sha256sum {} \; | sort; }
mkdir after
cp -a services conf was-empty.txt 'new file.txt' empty.txt after
printf 'x\0y' >after/conf/binary
for tool in 'patch --batch --silent -p1' 'git apply --whitespace=nowarn'; do
  rm -rf tried
  cp -a before tried
  # shellcheck disable=SC2086 # a command and its flags
  (cd tried && git init -q . && $tool <../changes.patch) >tool.out 2>&1 || fail "$tool: $(cat tool.out)"
  rm -rf tried/.git
  [ "$(cd tried && wanted)" = "$(cd after && wanted)" ] || fail "$tool made something else: $(diff -r after tried; diff <(cd after && wanted) <(cd tried && wanted))"
done
