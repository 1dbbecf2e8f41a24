# The JUnit report has lint as a failed case, run --json the findings.
need python3
tree
"$BACKSTEP" run --json --report junit.xml --generate "echo echo >$(entrypoint)" --deploy true >out 2>err
[ $? = 4 ] || fail "another status"
[ "$(json 'd["exit_code"], d["result"], d["failure"]["step"]')" = "(4, 'files_restored', 'lint')" ] || fail 'another outcome'
[ "$(json 'd["lint"]["errors"], d["lint"]["findings"][0]["rule"], d["lint"]["findings"][0]["line"]')" = "(1, 'no-shebang', 1)" ] || fail 'other findings'
grep -q 'no-shebang' err || fail 'stderr lacks the story'
python3 - <<'EOF' || fail 'another report'
import xml.etree.ElementTree as tree
cases = {case.get("name"): case.find("failure") for case in tree.parse("junit.xml").getroot().iter("testcase")}
assert cases["generate"] is None and "deploy" not in cases, cases
assert cases["lint"].get("message") == "1 error in 1 script", cases["lint"].get("message")
assert "no-shebang" in cases["lint"].text
EOF
