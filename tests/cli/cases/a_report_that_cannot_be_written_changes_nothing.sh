# Report files are written last; trouble with them is a warning that names the path and the cause.
tree
mkdir taken.xml
ln -s /etc/passwd link.xml
expect 0 run --generate "$(generate_word v1)" --deploy true --report taken.xml,nowhere/run.env
is_word v1
says "the report 'taken.xml' was not written: cannot rename"
says "the report 'nowhere/run.env' was not written: cannot open"
expect 0 run --generate true --deploy true --report link.xml
grep -q '<testsuite ' link.xml || fail 'no report'
! grep -q testsuite /etc/passwd || fail 'it was written through a symlink'
expect 2 run --deploy true --report ../outside.xml
expect 2 run --deploy true --report /tmp/absolute.env
