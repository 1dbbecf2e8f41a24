# A file that the settings name only since then was not added: the set never looked for it. One that
# they name no longer is not compared, for nothing would restore it. Both are named. The original's
# sets know no owners and no other files.
tree
echo 'files: [was.yml]' >backstep.yml
echo 'a: 1' >was.yml
expect 0 backup
echo 'files: [is.yml]' >backstep.yml
echo 'b: 1' >is.yml
expect 0 diff
says "No difference"
echo 'a: 2' >was.yml
expect 0 diff
says "No difference"
says "was.yml is not compared: not tracked"
says "is.yml is not compared: no earlier version known"
expect 0 diff --json
says '"why": "not tracked"'

mkdir -p backups/2024-03-10_14-23-00
cp services/action_service/entrypoint.sh backups/2024-03-10_14-23-00/action_service_entrypoint.sh
expect 0 diff 2024-03-10_14-23-00
says "No difference"
says "services/typesense_client_service/entrypoint.sh is not compared: no earlier version known"

# What a forged set names in .git is not shown.
need python3
mkdir .git
echo 'https://someone:word@example.com' >.git/credentials
python3 "$CASES/../support/forged_set.py" forged.tar 2024-03-10_14-23-01 .git/credentials=x || fail "forging"
tar -xf forged.tar -C backups
expect 3 diff 2024-03-10_14-23-01
one_line
says "2024-03-10_14-23-01 names '.git/credentials', which lies in the store or in .git: nothing is shown"
