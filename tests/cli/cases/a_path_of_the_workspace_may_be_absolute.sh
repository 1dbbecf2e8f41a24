# As `${{ github.workspace }}/services` comes; also by a name of the workspace that is a symlink.
tree
echo listen >app.conf
ln -s "$PWD" ../name-of-it
real=$PWD
for start in "$real" "${real%/*}/name-of-it"; do
  INPUT_SERVICES_DIR=$start/services INPUT_FILES="$start/*.conf" GITHUB_WORKSPACE=$start expect 0 backup --dry-run
  says 'Would back up 3 files'
done
rm ../name-of-it
expect 0 run --services-dir "$real/services" --report "$real/run.json" --deploy true
exists run.json
expect 2 backup --services-dir /etc
says "'/etc' leaves the workspace '"
says "paths are relative to the settings' directory"
expect 2 backup --files "$real"
says 'is the workspace itself: name what lies in it'
# What only a shell would expand.
# shellcheck disable=SC2016 # the dollar is what it is about
expect 2 backup --services-dir '$APP/services'
says "no variable is expanded in a path: give the whole path in the variable BACKSTEP_ of this setting"
says 'read by --environment NAME'
# shellcheck disable=SC2088 # so is the tilde
expect 2 backup --backups-dir '~/backups'
says "'~/backups' would need a shell"
missing '~'
