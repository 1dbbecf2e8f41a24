# SPDX-License-Identifier: Apache-2.0
"""What must hold after a kill. Each check returns what is wrong, in words; nothing means kept."""

import json

from calls import Ended
from scenarios import Journal, Scenario
from workspace import FileSet, Versions, Workspace, stored_name

Violations = list[str]


def differences(what: str, found: FileSet, wanted: FileSet) -> Violations:
    return [f"{what}: {path} is {found.get(path, 'missing')}, not {wanted.get(path, 'missing')}"
            for path in sorted(found.keys() | wanted.keys()) if found.get(path) != wanted.get(path)]


def each_file_old_or_new(live: FileSet, versions: Versions) -> Violations:
    """I1. Other names (what we stage beside a file) may lie there until somebody settles it."""
    old, new = versions.old, versions.new
    return [f"I1: {path} is {live.get(path, 'missing')}: neither old nor new"
            for path in sorted(old.keys() | new.keys())
            if live.get(path) not in (old.get(path), new.get(path))]


def backups_are_whole(workspace: Workspace, published: dict[str, FileSet],
                      expected: list[str]) -> Violations:
    """I3, by our own eyes: a published backup holds exactly a set that lay there before."""
    found: Violations = []
    for name, files in published.items():
        if not name.startswith("backups/"):
            continue
        stored = {path: state for path, state in files.items() if path != "_manifest.jsonl"}
        possible = [{stored_name(path): state for path, state in workspace.versions.of(each).items()}
                    for each in expected]
        if stored not in possible:
            found += differences(f"I3: {name}", stored, possible[0])
        if "_manifest.jsonl" not in files:
            found.append(f"I3: {name} has no manifest")
    return found


def all_sets_verify(ended: Ended, when: str) -> Violations:
    """I3, by the program's own `verify --json`."""
    try:
        sets = json.loads(ended.out)["sets"]
    except ValueError:
        return [f"I3 {when}: 'verify' exited with {ended.status}: {ended.said}"]
    found = [f"I3 {when}: {each['id']}: {'; '.join(each['problems']) or 'unverified'}"
             for each in sets if each["problems"] or each["unverified"]]
    if ended.status != 0 and not found:
        found.append(f"I3 {when}: 'verify' exited with {ended.status}")
    return found


def published_sets_stay(before: dict[str, FileSet], after: dict[str, FileSet],
                        may_be_pruned: bool) -> Violations:
    """I4."""
    found: Violations = []
    for name, files in before.items():
        if name in after:
            found += differences(f"I4: {name}", after[name], files)
        elif not may_be_pruned:
            found.append(f"I4: {name} is gone")
    return found


def uid_in(files: FileSet) -> str:
    header = json.loads(files["_manifest.jsonl"].content.split(b"\n")[0])
    return str(header["uid"])


def journal_finds_its_sets(journal: Journal, published: dict[str, FileSet]) -> Violations:
    """I4: what an open journal names is there."""
    if journal is None:
        return []
    named = {journal["backup"], journal.get("target", "")} - {""}
    found = {uid_in(files) for files in published.values() if "_manifest.jsonl" in files}
    return [f"I4: the journal names {name}, which is gone" for name in named - found]


def nothing_changed_unarmed(wanted: FileSet, journal: Journal, live: FileSet) -> Violations:
    """Without a journal the call had not begun to change anything, or had ended."""
    if journal is not None:
        return []
    return differences("no journal, yet", live, wanted)


def owes_a_command(journal: Journal) -> bool:
    if journal is None:
        return False
    if journal["no_return_code"] != 0:
        return False
    begun = journal["verb"] == "begin" and journal["phase"] == "armed"
    return bool(journal["owed"]) or begun or journal["phase"] in ("deploying", "deployed")


def recover_exit(scenario: Scenario, journal: Journal) -> int:
    return scenario.paid_exit if owes_a_command(journal) else 0


def replaced_files_are_kept(live_at_kill: FileSet, journal: Journal, workspace: Workspace,
                            settled: str) -> Violations:
    """What a restore took away lies in an evidence."""
    if settled != "old":
        return []
    old, new = workspace.versions.old, workspace.versions.new
    past_generate = journal is not None and journal["phase"] not in ("armed", "accepted")
    kept = {path: state for files in workspace.sets("failed").values()
            for path, state in files.items()}
    return [f"evidence: the new {path} is nowhere" for path, state in new.items()
            if state != old.get(path) and (past_generate or live_at_kill.get(path) == state)
            and kept.get(stored_name(path)) != state]


def no_leftovers(workspace: Workspace) -> Violations:
    return [f"leftover in the store: {name}" for name in workspace.leftovers()]
