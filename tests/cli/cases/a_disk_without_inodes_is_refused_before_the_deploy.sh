# There are bytes, but no file can be made: the message says which of the two is at its end, and nothing has begun.
own_mounts
mkdir disk
mount -t tmpfs -o size=4m,nr_inodes=40 none disk || skip 'no tmpfs can be mounted'
cd disk || exit
tree
expect 0 backup
i=0
while : >fill.$i; do i=$((i + 1)); done 2>/dev/null
expect 6 run --generate "$(generate_word new)" --deploy 'touch ../deployed'
says 'no inodes left'
missing ../deployed
is_old
rm fill.*
expect 0 run --generate "$(generate_word new)" --deploy true
