# docs/ARCHITECTURE.md has a row for each phase of the journal and no other, and its drawing has each.
root=$CASES/../..
map=$root/docs/ARCHITECTURE.md
tr '\n' ' ' <"$root/src/journal/journal.h" | sed -nE 's/.*enum class Phase \{([^}]*)\}.*/\1/p' |
  grep -oE '\bk[A-Z][a-z]+' | cut -c 2- | tr '[:upper:]' '[:lower:]' | sort >phases
[ "$(wc -l <phases)" -gt 5 ] || fail "the code has only $(wc -l <phases) phases"
sed -n '/^## The journal/,/^## Stop/p' "$map" >section
sed -nE 's/^\| `([a-z]+)` \|.*/\1/p' section | sort >rows
diff phases rows >out || fail 'the rows of docs/ARCHITECTURE.md (>) are not the phases of journal.h (<)'
sed -n '/^```/,/^```/p' section | grep -oE '[a-z]+' | grep -vx gone | sort >drawn
diff phases drawn >out || fail 'the drawing of docs/ARCHITECTURE.md (>) has not the phases of journal.h (<)'
