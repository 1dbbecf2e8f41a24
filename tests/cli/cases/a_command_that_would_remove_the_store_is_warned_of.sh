# As far as its text tells, before anything runs: without the store there is no way back.
tree
warned() { expect 0 run --deploy "false && $1 || true"; says "'${2:-$1}' may take the store away"; }
not_warned() { expect 0 run --deploy "false && $1 || true"; says_not "may take the store away"; }
warned 'git clean -ffdx'
warned 'git clean -fd'
warned 'rm -rf backups/'
warned 'rm -r ./backups'
warned 'rm -rf *'
not_warned 'git clean -ffdx -e backups'
not_warned 'rm -rf build'
not_warned 'rm backups.txt'
echo '/backups/' >.gitignore
not_warned 'git clean -fd'
warned 'git clean -fdx'
expect 0 run --backups-dir "$PWD.store" --deploy 'false && git clean -fdx || true'
says_not "may take the store away"
rm -rf "$PWD.store"
