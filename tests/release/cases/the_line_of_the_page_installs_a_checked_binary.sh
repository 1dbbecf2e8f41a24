# The line that installs a release takes the binary only where its checksum is right.
need curl
need python3
line=$(sed -n 's|^\$ \(curl -fsSLO .*/usr/local/bin/backstep\)$|\1|p' "$CASES/../../docs/install.md")
[ -n "$line" ] || fail 'docs/install.md has no such line'
mkdir release bin here
cp "$BACKSTEP" release/backstep-linux-amd64
(cd release && sha256sum backstep-linux-amd64 >SHA256SUMS && echo "$(printf '0%.0s' {1..64})  backstep-linux-arm64" >>SHA256SUMS)
python3 -u -m http.server 0 --bind 127.0.0.1 --directory release >served 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; :' EXIT
until_true 20 grep -q 'port [0-9]' served
port=$(grep -o 'port [0-9]*' served | head -n 1 | cut -d ' ' -f 2)
line=${line//https:\/\/github.com\/OWNER\/backstep\/releases\/latest\/download/http://127.0.0.1:$port}
line=${line//sudo /}
line=${line//\/usr\/local\/bin/$PWD/bin}
(cd here && bash -c "$line") >out 2>&1 || fail "it exited with $?"
bin/backstep version >out && says 'backstep '
rm bin/backstep
echo changed >>release/backstep-linux-amd64
(cd here && bash -c "$line") >out 2>&1 && fail 'a binary that was changed is installed'
missing bin/backstep
