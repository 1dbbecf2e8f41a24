# docs/ARCHITECTURE.md has a row for each room and wing of src/ and no other, and its drawing has each room.
root=$CASES/../..
map=$root/docs/ARCHITECTURE.md
(cd "$root" && find src -mindepth 2 \( -name '*.cc' -o -name '*.h' \) -printf '%h\n') | sort -u >folders
[ "$(wc -l <folders)" -gt 20 ] || fail "src/ has only $(wc -l <folders) folders"
sed -nE 's,^\| `(src/[a-z/]+)/` \|.*,\1,p' "$map" | sort >rows
diff folders rows >out || fail 'the rows of docs/ARCHITECTURE.md (>) are not the folders of src/ (<)'

{ sed -nE 's,^src/([a-z]+)$,\1,p' folders && echo main.cc; } | sort >rooms
sed -n '/^## The rooms/,/^| folder/{/^```/,/^```/p}' "$map" | grep -oE '[a-z.]+' | sort >drawn
diff rooms drawn >out || fail 'the drawing of docs/ARCHITECTURE.md (>) has not each room of src/ once (<)'
