# The recipe for S3 against a real server with conditional writes: moto, driven by curl.
. "$CASES/../examples/remote_recipe.sh"
need curl
curl --help all 2>/dev/null | grep -q -- --aws-sigv4 || skip 'this curl cannot sign for S3'
command -v moto_server >/dev/null || skip 'moto_server is not installed here: pip install "moto[server]"'
moto_server --host 127.0.0.1 --port 0 >moto.out 2>&1 &
kill_at_end $!
until_true 60 grep -q 'Running on http' moto.out
server=$(sed -n 's,.*Running on \(http://127[^ ]*\).*,\1,p' moto.out)
export S3_URL=$server/bucket AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=some AWS_SECRET_ACCESS_KEY=keys
curl --silent --fail --output made -X PUT --user some:keys --aws-sigv4 aws:amz:us-east-1:s3 "$S3_URL" || fail 'no bucket was made'
the_recipe_works s3.sh
expect 6 run --deploy 'touch deployed' --remote '{"fetch": "curl -fsS http://127.0.0.1:1/", "store": "./s3.sh store"}'
says 'Failed to connect'
missing deployed
