# The post stage may see the checkout by another path: it is the same directory all the same.
a_good_v1
cp "$BACKSTEP" backstep-post
mkdir main && mv services backups main/
on_github
(cd main && GITHUB_WORKSPACE=$PWD INPUT_COMMAND=guard expect 0) || exit 1
mv main elsewhere
cd elsewhere || exit 1
eval "$(generate_word v2)"
GITHUB_WORKSPACE=$PWD INPUT_COMMAND=guard INPUT_JOB_STATUS=cancelled ../backstep-post >out 2>&1
[ $? = 21 ] || fail 'not 21'
is_word v1
says 'job was cancelled'
