#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What others wrote is named so that they cannot change it under us, and jobs may do no more than they
need: in our workflows, and in what users copy from the examples, the pages and `init`.

    check_supply_chain.py ROOT     exit 1: something is wrong; 125: PyYAML is not installed here
"""
import re
import sys
from pathlib import Path

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed here")
    sys.exit(125)

PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
# The user's own copy of this repository, and ourselves.
OURS = re.compile(r"(OWNER/backstep|\./)")
found: list[str] = []


def wrong(place, what: str) -> None:
    found.append(f"{place}: {what}")


def check_uses(file: Path, text: str) -> int:
    count = 0
    for number, line in enumerate(text.splitlines(), 1):
        used = re.search(r"^\s*(?:- )?uses: +(.*?)\s*$", line)
        if not used or OURS.match(used[1]):
            continue
        count += 1
        if not PINNED.match(used[1]):
            wrong(f"{file}:{number}", f"by a tag, which can be moved: {used[1]}")
    return count


def one_commit_each(files: list[Path]) -> None:
    """Two commits for one version: one of them is not that version."""
    known: dict[str, str] = {}
    for file in files:
        for action, commit, version in re.findall(r"([\w-]+/[\w-]+)[\w/-]*@([0-9a-f]{40}) # (\S+)", file.read_text()):
            if known.setdefault(f"{action} {version}", commit) != commit:
                wrong(file, f"{action} {version} is another commit elsewhere")


def check_permissions(place, text: str) -> None:
    workflow = yaml.safe_load(text)
    if not isinstance(workflow, dict) or "jobs" not in workflow:
        return
    if "permissions" not in workflow:
        wrong(place, "no permissions: the jobs get all that the repository gives by default")
        return
    given = [("all jobs", workflow["permissions"])]
    given += [(f"job {name}", job["permissions"]) for name, job in workflow["jobs"].items() if "permissions" in job]
    for who, rights in given:
        if not isinstance(rights, dict):
            wrong(place, f"{who}: '{rights}' is more than anybody needs")
        elif who == "all jobs" and any(right != "read" for right in rights.values()):
            wrong(place, "a right to write for all jobs: give it to the one that needs it")


def check_tokens(place: Path, text: str) -> None:
    """A checkout leaves its token in .git/config. With fetch-depth: 0 it is for a fetch or a push later on, and
    backstep pushes its store by it."""
    for name, job in yaml.safe_load(text)["jobs"].items():
        if "BACKSTEP_REMOTE" in (job.get("env") or {}):
            continue
        for step in job.get("steps", []):
            given = step.get("with") or {}
            if not step.get("uses", "").startswith("actions/checkout@") or given.get("fetch-depth") == 0:
                continue
            if given.get("persist-credentials") is not False:
                wrong(place, f"job {name}: the token stays where all its commands can read it")


def snippets(file: Path):
    for block in re.findall(r"^```yaml\n(.*?)^```", file.read_text(), re.M | re.S):
        yield block


def check_updates(root: Path) -> None:
    updates = yaml.safe_load((root / ".github/dependabot.yml").read_text())["updates"]
    watched = {(entry["package-ecosystem"], folder) for entry in updates for folder in entry["directories"]}
    wanted = {("github-actions", "/"), ("github-actions", "/setup"), ("github-actions", "/examples/github")}
    for dockerfile in root.glob("**/Dockerfile"):
        folder = dockerfile.relative_to(root).parent.as_posix()
        if not folder.startswith(("build", "tests")):
            wanted.add(("docker", "/" + ("" if folder == "." else folder)))
    for ecosystem, folder in sorted(wanted ^ watched):
        wrong(".github/dependabot.yml", f"{ecosystem} in {folder} is not there, or not watched")


def check_owners(root: Path) -> None:
    rows = [line.split() for line in (root / ".github/CODEOWNERS").read_text().splitlines()
            if line and not line.startswith("#")]
    if not rows or rows[0][0] != "*":
        wrong(".github/CODEOWNERS", "the first row is not for everything")
    for path, *owners in rows:
        if not owners or not all(owner.startswith("@") for owner in owners):
            wrong(".github/CODEOWNERS", f"nobody owns {path}")
        if path != "*" and not (root / path.strip("/")).exists():
            wrong(".github/CODEOWNERS", f"{path} is not there")


def check_component(root: Path) -> None:
    body = (root / "templates/backstep.yml").read_text().partition("\n---\n")[2]
    jobs = yaml.safe_load(body.replace("$[[ inputs.rules ]]", "[]"))
    first, second = jobs
    if jobs[first].get("dependencies") != [] or jobs[second].get("dependencies") != [first]:
        wrong("templates/backstep.yml", "a job takes artifacts or variables of jobs that are not its own")


def main() -> int:
    root = Path(sys.argv[1])
    workflows = sorted(root.glob(".github/workflows/*.yml")) + sorted(root.glob("examples/github/*.yml"))
    workflows += sorted(root.glob("src/cli/init/snippet.github*.yml"))
    pages = sorted(root.glob("*.md")) + sorted(root.glob("docs/*.md")) + sorted(root.glob("examples/*/*.md"))
    everything = workflows + pages + [root / "action.yml", root / "setup/action.yml"]
    uses = sum(check_uses(file.relative_to(root), file.read_text()) for file in everything)
    if uses < 20:
        wrong(root, f"only {uses} uses of other people's actions were found: this check is blind")
    one_commit_each(everything)
    for file in workflows:
        check_permissions(file.relative_to(root), file.read_text())
        if "snippet" not in file.name:
            check_tokens(file.relative_to(root), file.read_text())
    for page in pages:
        for block in snippets(page):
            if "jobs:" in block:
                check_permissions(page.relative_to(root), block)
    check_updates(root)
    check_owners(root)
    check_component(root)
    print("\n".join(found) or f"{uses} uses, all by their commits")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
