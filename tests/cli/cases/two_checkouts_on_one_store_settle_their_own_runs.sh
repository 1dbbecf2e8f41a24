# One store for two checkouts. A run that was killed in the one is not settled in the other, whose files it
# never touched; recover in its own tree brings that tree's files back.
mkdir one two
here=$PWD
for checkout in one two; do
  (cd $checkout && tree && printf 'project: demo\nbackups_dir: %s/store\n' "$here" >backstep.yml) || exit 1
done
cd one || exit
quick_checks
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check true
BEFORE=$(generate_word half) crash_in deploy
is_word half
cd ../two || exit
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check true
says 'was left open in another tree'
says 'backstep recover'
is_word v2
exists "$here"/store/.backstep/left/*
expect 0 recover
says 'no run is open'
is_word v2
cd ../one || exit
is_word half
expect 0 recover
says 'Another version went live since'
is_word v1
[ -z "$(ls "$here/store/.backstep/left")" ] || fail 'the journal is still aside'
missing "$here/store/.backstep/journal.json"
