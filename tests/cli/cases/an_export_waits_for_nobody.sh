# `export` takes no lock.
tree
expect 0 backup
start run --deploy "$(hang reached)"
until_true 20 test -e reached
expect 0 export store.tar
says "✅ Exported 2 sets"
says_not "Waiting"
