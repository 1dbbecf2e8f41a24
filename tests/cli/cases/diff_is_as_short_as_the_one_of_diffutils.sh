# Many texts at random, of few and of many different lines: as many lines come and go as the slow and
# exact search of `diff -d` finds, and applying it leads from the one to the other.
need diff
need patch
need python3
python3 - <<'EOT' || fail "making texts"
import os, random
chance = random.Random(4711)
for number in range(60):
    words = [f"line {i}" for i in range(chance.choice([2, 3, 8, 50, 1000]))]
    old = [chance.choice(words) for _ in range(chance.choice([0, 1, 2, 7, 40, 300]))]
    new = list(old)
    for _ in range(chance.choice([1, 2, 5, 40])):
        at = chance.randrange(len(new) + 1)
        change = chance.randrange(4)
        if change == 0:
            new.insert(at, chance.choice(words))
        elif change == 1:
            del new[at:at + 1]
        elif change == 2:
            new[at:at] = new[at // 2:at // 2 + 3]
        else:
            del new[at:at + 3]
    for root, lines in (("services", old), ("after", new)):
        os.makedirs(f"{root}/s{number}", exist_ok=True)
        with open(f"{root}/s{number}/entrypoint.sh", "w") as script:
            script.write("\n".join(lines) + chance.choice(["", "\n"]))
EOT
expect 0 backup
cp -a services before
cp -r after/. services
expect 0 diff
(cd before && patch --batch --silent -p2 <../out) || fail "patch does not take it"
diff -r before after >&2 || fail "it does not lead there"
expect 0 diff --json
stored=backups/$(newest)
python3 - "$stored" <<'EOT' || fail "not the shortest"
import json, subprocess, sys
files = json.load(open("out"))["files"]
assert len(files) >= 40, len(files)
for file in files:
    name = file["path"].split("/")[1]
    told = subprocess.run(["diff", "-d", f"{sys.argv[1]}/{name}_entrypoint.sh", file["path"]],
                          capture_output=True, text=True).stdout.splitlines()
    shortest = sum(line.startswith("> ") for line in told), sum(line.startswith("< ") for line in told)
    assert (file["added"], file["removed"]) == shortest, (file["path"], file["added"], file["removed"], shortest)
EOT
