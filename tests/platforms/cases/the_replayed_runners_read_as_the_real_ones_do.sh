# The replays by themselves: an expression, a report or an input that the real runner would refuse must
# not pass here.
. "$CASES/../platforms/lib.sh"
PYTHONPATH=$platforms python3 - >out 2>&1 <<'PY' || fail 'a replay reads otherwise'
import pathlib
from github_expressions import evaluate, holds, interpolate
from gitlab_pipeline import PipelineError, checked, pasted, variables_of
from gitlab_reports import ReportError, read_dotenv, read_junit

def contexts(status="success"):
    return {"job": {"status": status}, "github": {"run_id": "7"}, "steps": {"a-b": {"outputs": {"x": "Yes"}}}, "env": {}}

def refused(kind, call, *values):
    try:
        call(*values)
    except kind:
        return True
    return False

assert interpolate("k-${{ github.run_id }}-${{github.none}}", contexts()) == "k-7-"
assert interpolate("${{ steps.a-b.outputs.x == 'yes' }}", contexts()) == "true"
assert interpolate("${{ steps.none.outputs['x'] || 'no' }}", contexts()) == "no"
assert refused(ValueError, evaluate, "secret.x", contexts())
assert refused(ValueError, evaluate, "1 +", contexts())
for status, true in {"success": {"", "always()", "success()", "!cancelled()", "steps.a-b.outputs.x"},
                     "failure": {"always()", "failure()", "${{ !cancelled() }}", "failure() || cancelled()"},
                     "cancelled": {"always()", "cancelled()", "failure() || cancelled()"}}.items():
    for condition in ("", "always()", "success()", "failure()", "cancelled()", "!cancelled()", "${{ !cancelled() }}",
                      "steps.a-b.outputs.x", "failure() || cancelled()", "always() && steps.a-b.outputs.x == 'no'"):
        wanted = condition in true or (condition == "${{ !cancelled() }}" and status == "success")
        wanted = wanted or (condition == "!cancelled()" and status == "failure")
        assert holds(condition, contexts(status)) == wanted, (status, condition)

report = pathlib.Path("report")
for text in ("A=b c\n", "A='b'\n", "# a\n", "A=b\n\nC=d\n", "A-B=c\n", "A=" + "b" * 5200 + "\n",
             "".join(f"A{n}=b\n" for n in range(21))):
    report.write_text(text)
    assert refused(ReportError, read_dotenv, report), text[:40]
report.write_text("A=b\nC=\n")
assert read_dotenv(report) == {"A": "b", "C": ""}
report.write_text("<testsuite><testcase>")
assert refused(ReportError, read_junit, report)

assert refused(PipelineError, checked, "n", {"type": "number"}, "1")
assert refused(PipelineError, checked, "n", {"regex": "^.*$"}, "a\nb")
assert refused(PipelineError, checked, "n", {"regex": "^.*$"}, "a\n")
assert refused(PipelineError, pasted, "$[[ inputs.none ]]", {})
values = variables_of({}, {"variables": {"A": "$B-$C", "B": "${D}", "R": {"value": "$B", "expand": False}}}, {"D": "d"})
assert values["A"] == "d-" and values["R"] == "$B" and values["B"] == "d", values
PY
