# Whatever scripts and targets lie in the tree: what only a person can know stands as a comment to fill in.
has() { grep -qxF -- "$1" out || fail "no line '$1'"; }
tree
expect 0 init --print
cp out bare
touch generate_entrypoints.py deploy.sh check_health.sh
printf 'deploy generate-entrypoints:\n\ttouch ran\n' >Makefile
expect 0 init --print
cmp -s out bare || fail "a name made a difference: $(diff bare out)"
missing ran
has '#generate: ./generate_entrypoints.sh'
has '#deploy: ./deploy.sh'
has '#files: [nginx.conf]'
has '#health_check:'
has '#rollback: {command: ./deploy.sh}'
# What is no plain file is no file of Compose.
ln -s /etc/passwd compose.yml
mkdir compose.yaml
mkfifo docker-compose.yml
expect 0 init --print
cmp -s out bare || fail 'one of them was taken'
