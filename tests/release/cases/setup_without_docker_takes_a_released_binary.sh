# In a job with `container:` there is mostly no docker: what then can be done is said, and a release's binary is taken
# where its checksum is right.
need curl
need python3
mkdir bin temp release
for program in sh cat chmod echo mkdir mv curl sha256sum grep dirname env; do ln -s "$(command -v $program)" bin/; done
cp "$BACKSTEP" release/backstep-linux-amd64
sum=$(sha256sum <release/backstep-linux-amd64 | cut -d ' ' -f 1)
python3 -u -m http.server 0 --bind 127.0.0.1 --directory release >served 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; :' EXIT
until_true 20 grep -q 'port [0-9]' served
address=http://127.0.0.1:$(grep -o 'port [0-9]*' served | head -n 1 | cut -d ' ' -f 2)/backstep-linux-amd64
install() { # install STATUS BINARY SHA256
  rm -rf path temp/backstep
  env -i PATH="$PWD/bin" RUNNER_TEMP="$PWD/temp" GITHUB_PATH="$PWD/path" GITHUB_OUTPUT="$PWD/output" GITHUB_ENV="$PWD/env" \
    BACKSTEP_SETUP_SOURCE="$CASES/../.." BACKSTEP_SETUP_BINARY="$2" BACKSTEP_SETUP_SHA256="$3" \
    sh "$CASES/../../setup/install.sh" >out 2>&1
  local status=$?
  [ $status = "$1" ] || fail "it ended with $status"
  [ "$1" = 0 ] || missing path
}
install 1 '' ''
says "no docker is here, as in a job with 'container:'; give 'binary' and 'sha256' of a release"
install 1 "$address" ''
says "'binary' is given without 'sha256'"
install 1 "$address" "$(printf '0%.0s' {1..64})"
says 'has not the checksum that was given'
missing temp/backstep/backstep
install 1 "$address-none" "$sum"
says "cannot get '$address-none'"
install 0 "$address" "$sum"
says 'backstep '
holds path "$PWD/temp/backstep"
holds output "path=$PWD/temp/backstep/backstep"
