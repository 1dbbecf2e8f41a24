# An empty tree gets a valid file all the same; what a backup would refuse is said by init already.
expect 0 init
says '⚠️ Warning: no services were found: name their directory in backstep.yml (services_dir)'
expect 0 config
expect 6 backup
rm -r backstep.yml
mkdir -p services/good real && touch services/good/entrypoint.sh
ln -s ../real services/linked
expect 0 init
says '⚠️ Warning: services/linked is left out: '
rm backstep.yml services/linked
ln -s ../real/x services/good/entrypoint.sh -f
expect 0 init
says '⚠️ Warning: a backup would be refused as it is: cannot back up '
rm backstep.yml services/good/entrypoint.sh
touch services/good/entrypoint.sh
mkdir 'services/bad name' && touch 'services/bad name/entrypoint.sh'
expect 0 init
says "bad name is left out: service names are up to 64 of"
# In a sub-directory of a checkout it is written where it was called, for the tree there.
rm -r backstep.yml services
mkdir -p app/services/web .github && touch app/services/web/entrypoint.sh
cd app || exit 1
GITHUB_WORKSPACE=$(dirname "$PWD") expect 0 init
says '1 service in services/'
says 'How a workflow of GitHub calls it (.github/ is here):'
GITHUB_WORKSPACE=$(dirname "$PWD") expect 0 backup
cd .. && missing backstep.yml
