# SPDX-License-Identifier: Apache-2.0
"""What must hold after a kill. Each check returns what is wrong, in words; nothing means kept."""

import json

from harness.files import Files, differences, stored_name
from harness.recovery import owes_a_command
from scenarios import Journal, Scenario
from workspace import Versions, Workspace

Violations = list[str]


def each_file_old_or_new(live: Files, versions: Versions) -> Violations:
    """I1. Other names (what we stage beside a file) may lie there until somebody settles it."""
    old, new = versions.old, versions.new
    return [f"I1: {path} is {live.get(path, 'missing')}: neither old nor new"
            for path in sorted(old.keys() | new.keys())
            if live.get(path) not in (old.get(path), new.get(path))]


def backups_are_whole(workspace: Workspace, published: dict[str, Files],
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


def published_sets_stay(before: dict[str, Files], after: dict[str, Files],
                        may_be_pruned: bool) -> Violations:
    """I4."""
    found: Violations = []
    for name, files in before.items():
        if name in after:
            # A restore moves what is in its way into the published evidence.
            there = {path: state for path, state in after[name].items()
                     if path in files or not path.startswith("_in_the_way/")}
            found += differences(f"I4: {name}", there, files)
        elif not may_be_pruned:
            found.append(f"I4: {name} is gone")
    return found


def remote_is_never_less(before: list[str], now: list[str]) -> Violations:
    """It holds the old store or the new one."""
    return [f"the remote has lost {line}" for line in before if line not in now]


def uid_in(files: Files) -> str:
    header = json.loads(files["_manifest.jsonl"].content.split(b"\n")[0])
    return str(header["uid"])


def journal_finds_its_sets(journal: Journal, published: dict[str, Files]) -> Violations:
    """I4: what an open journal names is there."""
    if journal is None:
        return []
    named = {journal["backup"], journal.get("target", "")} - {""}
    found = {uid_in(files) for files in published.values() if "_manifest.jsonl" in files}
    return [f"I4: the journal names {name}, which is gone" for name in named - found]


def nothing_changed_unarmed(wanted: Files, journal: Journal, live: Files) -> Violations:
    """Without a journal the call had not begun to change anything, or had ended."""
    if journal is not None:
        return []
    return differences("no journal, yet", live, wanted)


def recover_exit(scenario: Scenario, journal: Journal) -> int:
    return scenario.paid_exit if owes_a_command(journal) else 0


def replaced_files_are_kept(live_at_kill: Files, journal: Journal, workspace: Workspace,
                            settled: str) -> Violations:
    """What a restore took away lies in an evidence."""
    if settled != "old":
        return []
    old, new = workspace.versions.old, workspace.versions.new
    past_generate = journal is not None and journal["phase"] not in ("armed", "accepted")
    kept = {path: state for files in workspace.evidence() for path, state in files.items()}
    return [f"evidence: the new {path} is nowhere" for path, state in new.items()
            if state != old.get(path) and (past_generate or live_at_kill.get(path) == state)
            and state not in (kept.get(stored_name(path)), kept.get(f"_in_the_way/{path}"))]


def no_leftovers(workspace: Workspace) -> Violations:
    return [f"leftover in the store: {name}" for name in workspace.leftovers()]
