# What the generator made as root is moved into a new directory of the tree's owner. Where one part of it cannot be
# moved, all of it stays where it is, which is said.
[ "$(id -u)" = 0 ] || skip "only root can give files away"
tree
chown -R 65534:65534 .
# A kill has left something here that cannot be replaced.
mkdir -p services/.made.backstep-new/z/inner
expect 0 run --deploy true --generate 'mkdir -p services/made/z/own && echo data >services/made/data
  printf "#!/bin/sh\n" >services/made/entrypoint.sh && chmod 755 services/made/entrypoint.sh'
says "⚠️ Warning: services/made, which the generator made, stays root's: cannot rename"
[ "$(stat -c %u services/made/entrypoint.sh)" = 65534 ] || fail "the script is not handed over: $(ls -ln services/made)"
holds services/made/data data
exists services/made/z/own
# What a kill has left is no hindrance else, and the newer files count.
rm -r services/made services/.made.backstep-new/z
echo old >services/.made.backstep-new/data
chown -R 65534:65534 services/.made.backstep-new
expect 0 run --deploy true --generate 'mkdir -p services/made/z/own && echo data >services/made/data
  printf "#!/bin/sh\n" >services/made/entrypoint.sh && chmod 755 services/made/entrypoint.sh'
says_not "stays root's"
holds services/made/data data
exists services/made/z/own
missing services/.made.backstep-new
[ "$(stat -c %u services/made)" = 65534 ] || fail "the directory is not handed over: $(ls -ln services)"
