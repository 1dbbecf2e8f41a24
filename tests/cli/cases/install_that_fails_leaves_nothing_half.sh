# install that cannot end leaves the directory as it was: exit 6 with the cause, 2 without a directory.
own_mounts
expect 2 install
says "name the directory to install in"

echo mine >file
expect 6 install file
says "nothing was installed: cannot open 'file': Not a directory"
one_line
holds file mine
expect 6 install not/there
says "No such file or directory"
missing not

small_disk 200k disk
expect 6 install disk/bin
says "No space left on device"
one_line
missing disk/bin
mkdir disk/bin
echo old >disk/bin/backstep
expect 6 install disk/bin
holds disk/bin/backstep old
[ "$(ls -A disk/bin)" = backstep ] || fail "leftovers: $(ls -A disk/bin)"

mkdir locked
chmod 555 locked
become_nobody
expect 6 install locked
says "Permission denied"
missing locked/backstep
