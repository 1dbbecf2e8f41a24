# The recipe for an OCI registry against a real one: docker-registry, driven by oras.
. "$CASES/../examples/remote_recipe.sh"
need docker-registry
need curl
command -v oras >/dev/null || skip 'oras is not installed here: go install oras.land/oras/cmd/oras@latest'
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >registry.yml <<YML
version: 0.1
storage: {filesystem: {rootdirectory: $PWD/registry}}
http: {addr: "127.0.0.1:$port"}
YML
docker-registry serve registry.yml >registry.out 2>&1 &
kill_at_end $!
until_true 60 curl --silent --fail "http://127.0.0.1:$port/v2/"
export OCI_REPOSITORY=127.0.0.1:$port/shop/backstep ORAS_FLAGS=--plain-http
the_recipe_works oci.sh
