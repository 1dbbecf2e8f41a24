# The file of BACKSTEP_CHANGED_FILE goes with its run; after a crash the next call that works on the store removes it.
tree
list=backups/.backstep/.changed.backstep-new
crash_in deploy --generate "$(generate_word new)"
holds $list action_service
expect 0 recover --keep
missing $list

# A deploy that could not be told what changed is not begun; a rollback goes on without it.
taken=("$list" "${list%-new}-1.backstep-new" "${list%-new}-2.backstep-new")
expect 1 run --generate "mkdir ${taken[*]}; $(generate_word newer)" --deploy 'touch deployed'
missing deployed
says "-2.backstep-new': File exists"
is_word new

# What cannot be removed is said.
rmdir "${taken[@]}"
expect 0 run --generate "$(generate_word newest)" --deploy "rm $list; mkdir $list"
says "⚠️ Warning: the list of what changed stays until the next run: cannot remove '$list': Is a directory"
