# docs/ARCHITECTURE.md says of each verb where it goes on, and whatever it calls a setting is one.
map=$CASES/../../docs/ARCHITECTURE.md
"$BACKSTEP" help | sed -nE 's/^  ([a-z]+) +.*$/\1/p' | sort >verbs
[ "$(wc -l <verbs)" -gt 20 ] || fail "help lists only $(wc -l <verbs) verbs"
sed -n '/^## From a verb/,/^## The journal/p' "$map" | sed -nE 's/^\| (`[^|]*) \|.*/\1/p' | grep -oE '[a-z]+' | sort >rows
diff verbs rows >out || fail 'the verbs of docs/ARCHITECTURE.md (>) are not those of help (<)'

# A word with an underscore, alone or with its value: `stop_grace`, `rollback_scope: failed`. Behind a
# link stands a name of the code.
"$BACKSTEP" help settings | sed -nE 's/^  --([a-z-]+) .*/\1/p' | tr - _ | sort >wanted
sed -E 's/\): `[^`]*`//g' "$map" | grep -oE '`[a-z]+(_[a-z]+)+(: [a-z]+)?`' | tr -d '`' | cut -d : -f 1 | sort -u >named
[ "$(wc -l <named)" -ge 3 ] || fail "the page names only $(wc -l <named) settings"
comm -13 wanted named >out
[ ! -s out ] || fail 'docs/ARCHITECTURE.md names settings that are none'
