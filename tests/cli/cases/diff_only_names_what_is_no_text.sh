# A binary file, one that is too large to be read by anybody, and what is no file any more.
need python3
tree app linked
echo 'files: [logo.png, huge.txt]' >backstep.yml
printf 'PNG\0\033[31mold' >logo.png
head -c 17000000 /dev/zero | tr '\0' 'x' >huge.txt
expect 0 backup
printf 'PNG\0\033[31mnewer' >logo.png
echo more >>huge.txt
rm services/linked/entrypoint.sh
ln -s ../app/entrypoint.sh services/linked/entrypoint.sh
expect 0 diff
says "c    logo.png (binary, 12 and 14 bytes)"
says "c    huge.txt (too large to show line by line, 17000000 and 17000005 bytes)"
says "c    services/linked/entrypoint.sh (no regular file any more)"
says "3 files differ: 0 lines added, 0 removed"
says_not "PNG"
says_not "@@"
says_not "diff --git"
expect 0 diff --stat
says "binary, 12 and 14 bytes"
expect 0 diff --json
json '{f["path"]: (f["kind"], f["hunks"], f["added"]) for f in d["files"]} == {"logo.png": ("binary", [], None), "huge.txt": ("too_large", [], None), "services/linked/entrypoint.sh": ("no_file", [], None)}'
rm logo.png
expect 0 diff
says "-    logo.png (binary, 12 bytes)"
