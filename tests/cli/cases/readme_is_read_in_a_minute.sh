# The README has at most 150 lines, no paragraph of more than 50 words, no line of code wider than 88 columns, and
# every page of docs/ is in the index.
root=$(realpath "$CASES/../..")
python3 - "$root/README.md" >out 2>&1 <<'PYTHON' || fail "the README is too long to be read"
import re, sys
lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
wrong = [f"it has {len(lines)} lines"] if len(lines) > 151 else []
paragraph, in_code, seen = [], False, 0
def end():
    global seen
    words = re.sub(r"\]\([^)]*\)|<[^>]*>", "", " ".join(paragraph)).split()
    seen += bool(words)
    if len(words) > 50:
        wrong.append(f"{len(words)} words: {' '.join(words[:8])} …")
    paragraph.clear()
for line in lines + [""]:
    if line.startswith("```"):
        end()
        in_code = not in_code
    elif in_code:
        if len(line) > 88:
            wrong.append(f"{len(line)} columns: {line}")
    elif not line.strip() or line.startswith(("|", "#")):
        end()
    else:
        if line.startswith("- "):
            end()
        paragraph.append(line)
print("\n".join(wrong) or f"{seen} paragraphs")
sys.exit(bool(wrong) or seen < 15)
PYTHON
for page in "$root"/docs/*.md; do
  page=${page##*/}
  [ "$page" = README.md ] || grep -qF "($page" "$root/docs/README.md" || fail "docs/README.md does not lead to $page"
  [ "$page" = README.md ] || [ "$page" = ARCHITECTURE.md ] || grep -qxF '[All pages](README.md)' "$root/docs/$page" || fail "$page does not lead back to the index"
done
