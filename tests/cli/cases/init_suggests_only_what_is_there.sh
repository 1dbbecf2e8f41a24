# A command that init is not sure of, or one of several, is commented out with the reason.
has() { grep -qxF -- "$1" out || fail "no line '$1'"; }
tree
expect 0 init --print
has '# Nothing here looks like it.'
has '#generate: ./generate_entrypoints.sh'
has '#deploy: ./deploy.sh'
has '#health_check:'
grep -q '^rollback:' out && fail 'a rollback command from nowhere'
echo x >generate.py
expect 0 init --print
has '# Found, and perhaps for something else:'
has '#generate: python3 generate.py'
printf 'X := 1\n.PHONY: all\nall deploy: x\n\tgenerate: no\ngenerate-entrypoints: all\n' >Makefile
mkdir scripts && touch scripts/deploy.sh
expect 0 init --print
has '# Found; which of them it is nobody can tell from outside:'
has '#generate: python3 generate.py'
has '# or: make generate-entrypoints'
has '#deploy: sh scripts/deploy.sh'
has '# or: make deploy'
rm generate.py
rm -r scripts
touch compose.yaml compose.override.yaml docker-compose.yml
expect 0 init --print
has 'generate: make generate-entrypoints'
has 'files: [compose.yaml, compose.override.yaml]'
has '#deploy: make deploy'
has '# or: docker compose up -d --build --remove-orphans'
# What is no plain file is nobody's suggestion.
rm compose.yaml compose.override.yaml docker-compose.yml Makefile
ln -s /etc/passwd compose.yml
ln -s nowhere deploy.sh
mkdir generate_entrypoints.sh
mkfifo Makefile
expect 0 init --print
has '#files: [nginx.conf]'
has '#generate: ./generate_entrypoints.sh'
has '# Nothing here looks like it.'
