# Such a set can only be forged: it would run a hook, or make up what is known good.
need python3
a_good_v1
forge() { python3 "$CASES/../support/forged_set.py" "$@"; }
id=2026-01-02_03-04-05
for path in .git/hooks/post-checkout vendored/.git/config backups/.backstep/verdicts.jsonl; do
  forge evil.tar $id "$path=#!/bin/sh"
  expect 3 import evil.tar
  says "$path: never backed up"
  missing "backups/$id"
done
forge good.tar $id 'deploy/note=hello'
expect 0 import good.tar

# Put into the store by hand it is refused too, and is no candidate of a rollback by itself.
for path in .git/hooks/post-checkout backups/planted; do
  rm -rf "backups/$id"
  forge evil.tar $id "$path=#!/bin/sh"
  tar -C backups -xf evil.tar
  expect 3 rollback --to $id
  says "names '$path', which lies in the store or in .git"
  missing "$path"
done
digest=$(tail -n 1 "backups/$id/_manifest.jsonl" | sed 's/.*"digest":"\([0-9a-f]*\)".*/\1/')
expect 0 mark good $id
grep -q "$digest" backups/.backstep/verdicts.jsonl || fail 'it is not known good'
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1" --rollback-target last-good
missing backups/planted
is_word v1
