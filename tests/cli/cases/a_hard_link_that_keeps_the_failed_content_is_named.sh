# A change in place reaches every name of a file, a restore the one that is tracked: the others are counted.
tree
quick_checks
mkdir elsewhere
ln "$(entrypoint)" elsewhere/one
ln "$(entrypoint)" elsewhere/two
expect 20 run --generate "$(generate_word v1)" --deploy true --health-check '! grep -q v1 services/*/entrypoint.sh'
is_old
holds elsewhere/one 'echo v1'
says "⚠️ Warning: $(entrypoint): the failed content stays under 2 other names of this file: a change in place reaches every hard link, a restore this name only"
says_not "under 1 other name"
# A generator that puts a new file there has left the other names alone, so there is nothing to say.
rm -r elsewhere
ln "$(entrypoint)" kept
expect 20 run --generate "cp $(entrypoint) new; echo v2 >>new; mv new $(entrypoint)" --deploy true --health-check "! grep -q v2 $(entrypoint)"
says_not "hard link"
