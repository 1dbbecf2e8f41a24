# Report files are written last; trouble with them is a warning that names the path and the cause.
tree
mkdir taken
ln -s /etc/passwd link
expect 0 run --generate "$(generate_word v1)" --deploy true --junit-report taken --dotenv-report nowhere/run.env
is_word v1
says 'the JUnit report was not written: cannot rename'
says "the dotenv report was not written: cannot open"
expect 0 run --generate true --deploy true --junit-report link
grep -q '<testsuite ' link || fail 'no report'
! grep -q testsuite /etc/passwd || fail 'it was written through a symlink'
expect 2 run --deploy true --junit-report ../outside.xml
expect 2 run --deploy true --dotenv-report /tmp/absolute.env
