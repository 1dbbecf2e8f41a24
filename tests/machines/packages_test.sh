# What the scripts install is what apt offers; where there is no apt they say at once what is missing, by
# its makers' names, and go on where nothing is that they cannot go without.
install=$CASES/../support/install_packages.sh
mkdir bin
for program in sh awk cat cut dirname env grep id mktemp rm sed tail tr uname; do ln -s "$(command -v $program)" bin/; done
export XDG_CACHE_HOME=$PWD/cache
mkdir -p cache/backstep/curl-7.88.1
packages() { PATH=$PWD/bin "$install" "$@" >out 2>&1; }
# The links lead to the machine's own programs: they are taken away, never written through.
program() { rm -f "bin/$1"; printf '#!/bin/sh\n%s\n' "$2" >"bin/$1" && chmod 755 "bin/$1"; }

# Two releases: nothing is installed, and what they offer differs.
program apt-get 'echo "$*" >>asked'
program dpkg-query 'exit 1'
program id 'echo 0'
program apt-cache 'case $2 in docker-cli) echo "  Candidate: (none)" ;; *) echo "  Candidate: 1" ;; esac'
packages build container || fail 'it does not install'
says ' libssl-dev dpkg-dev '
says ' docker.io debootstrap '
grep -q -- '--no-install-recommends .*libssl-dev' asked || fail "asked: $(cat asked)"
program apt-cache 'echo "  Candidate: 1"'
packages build container || fail 'it does not install'
says ' docker.io docker-cli '
says_not 'docker.io debootstrap'

rm bin/apt-get
program c++ 'case $1 in -print-file-name=*) echo "/lib/${1#*=}" ;; esac'
for there in cmake ninja busybox; do program $there :; done
packages build demo || fail 'it does not go on though all is there'
[ ! -s out ] || fail 'it says something'
packages build tools || fail 'it does not go on without tools'
says '  ShellCheck (shellcheck)'
says 'tests that need them are skipped'
rm bin/ninja
packages build demo && fail 'it goes on without Ninja'
says 'no apt-get here, and these are missing:'
says '  Ninja (ninja)'
says_not cmake
program c++ 'case $1 in -print-file-name=*) echo "${1#*=}" ;; *) exit 1 ;; esac'
packages build && fail 'it goes on without any library'
says '  fmt 9 or newer (fmt/core.h)'
program uname 'echo Darwin'
packages build && fail 'it goes on without Linux'
says 'docker build -t backstep .'
