# Only names and kinds of our layout: anything else is named, ends the import, and nothing of it is written.
need python3
mkdir inside
cd inside || exit
refused() {  # refused NAME KIND [LINK]: an archive with that entry
  python3 - "$@" <<'EOT' || fail "crafting $1"
import io, sys, tarfile
name, kind, link = (sys.argv[1:] + [""])[:3]
archive = tarfile.open("bad.tar", "w", format=tarfile.GNU_FORMAT)
entry = tarfile.TarInfo(name)
entry.type, entry.linkname, entry.mode = getattr(tarfile, kind), link, 0o6755
entry.size = 4 if kind == "REGTYPE" else 0
archive.addfile(entry, io.BytesIO(b"evil"))
archive.close()
EOT
  expect 3 import bad.tar --dry-run
  missing backups
  expect 3 import bad.tar
  says "${named:-$(printf '%s' "$1" | head -c 60)}"
  [ "$(find backups ! -path 'backups/.backstep*' ! -path backups)" = "" ] || fail "written: $(find backups)"
  [ -z "$(find .. -name '*evil*')" ] || fail "outside: $(find .. -name '*evil*')"
  rm -r backups
}
id=2024-03-10_14-23-00
for name in ../evil /tmp/backstep-evil evil "$id/../evil" "$id/./evil" "$id/.evil" "$id//evil" ".backstep/$id/evil" ".backstep/good/../evil" .backstep/journal.json .backstep/lock .backstep/index ./"$id/evil" .partial-"$id/evil" "$id" 2024-13-10_14-23-00/evil ".backstep/good/$id/$(printf '%0300d' 0)"; do
  refused "$name" REGTYPE
done
for kind in SYMTYPE CHRTYPE BLKTYPE FIFOTYPE; do
  refused "$id/a_entrypoint.sh" $kind ../../evil
done
refused "$id/a_entrypoint.sh" LNKTYPE ../../evil
named="❌ $id is left out, it is damaged: evil: " refused ".backstep/good/$id/evil" REGTYPE
named="❌ failed/$id is left out, it is damaged: evil: " refused ".backstep/failed/$id/evil" REGTYPE
refused .backstep/verdicts.jsonl LNKTYPE x
refused "$id/_manifest.jsonl" REGTYPE

# setuid does not come along, and an unverified set is what the original would have written.
python3 - <<'EOT'
import io, tarfile
archive = tarfile.open("fine.tar", "w")
entry = tarfile.TarInfo("2024-03-10_14-23-00/a_entrypoint.sh")
entry.mode, entry.size = 0o6755, 4
archive.addfile(entry, io.BytesIO(b"fine"))
archive.close()
EOT
expect 0 import fine.tar
[ "$(stat -c %a "backups/$id/a_entrypoint.sh")" = 755 ] || fail "mode $(stat -c %a "backups/$id/a_entrypoint.sh")"
gzip -k fine.tar
expect 3 import fine.tar.gz
says "it is no tar file, or a compressed one"
expect 2 import nosuch.tar
one_line
