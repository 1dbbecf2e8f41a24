# SPDX-License-Identifier: Apache-2.0
"""The tree in which the program is killed: its old and its new version, and the settings of a run
from the one to the other."""

import json
import os
import tarfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.files import SERVICES, Files, entrypoint, script
from harness.tree import FRESH, Tree

PROBED = "action_service"


@dataclass(frozen=True)
class Versions:
    old: Files
    new: Files

    def of(self, name: str) -> Files:
        return self.old if name == "old" else self.new


@cache
def versions(services: int) -> Versions:
    """With every kind of change: content, mode, both, a service more, a service less; one file larger
    than any buffer of ours; one that stays; and a tracked file that is no entrypoint."""
    old = {entrypoint(PROBED): script("old action", 0o755, 200),
           "compose.yml": script("old compose", 0o640, 100)}
    new = {entrypoint(PROBED): script("new action", 0o750, 210),
           entrypoint("added_service"): script("new added", 0o755, 150),
           "compose.yml": script("new compose", 0o644, 120)}
    if services > 1:
        old[entrypoint("central_service")] = script("old central", 0o700, 300_000)
        new[entrypoint("central_service")] = script("new central", 0o755, 290_000)
        old[entrypoint("removed_service")] = script("old removed", 0o755, 180)
        old[entrypoint("same_service")] = new[entrypoint("same_service")] = script("same", 0o755, 160)
        old[entrypoint("typesense_client_service")] = script("old typesense", 0o644, 9_000)
        new[entrypoint("typesense_client_service")] = script("old typesense", 0o755, 9_000)
    for number in range(5, services):
        name = f"service_{number:02}"
        old[entrypoint(name)] = script(f"old {name}", 0o755, 300)
        new[entrypoint(name)] = script(f"new {name}", 0o755, 300)
    return Versions(old, new)


CONFIG = """\
files: [compose.yml]
generate: [{workload}, generate]
deploy: [{workload}, exit, "{deploy_exit}"]
health_check: {{test: [CMD, {workload}, check, "{healthy}", {probed}], retries: 1, start_period: 0s, interval: 10ms}}
rollback: {{command: [{workload}, exit, "{rollback_exit}"], not_on_exit_codes: [75]}}
retention: {{keep_last: 1, keep_good: 1, keep_within: 0s}}
"""


class Workspace(Tree):
    aside = Tree.aside | {"remote"}

    def __init__(self, root: Path, workload: str) -> None:
        super().__init__(root)
        self.workload = workload
        self.versions = versions(1)

    def reset(self, services: int, live: str, healthy: str, rollback_exit: int,
              deploy_exit: int = 0) -> None:
        """From nothing: `live` in place, the new set ready to be generated."""
        self.versions = versions(services)
        self.clear()
        self.write(self.versions.of(live))
        os.makedirs(f"{self.root}/{SERVICES}/added_service", exist_ok=True)
        self.write_fresh()
        (self.root / "backstep.yml").write_text(CONFIG.format(
            workload=self.workload, healthy=healthy, probed=entrypoint(PROBED),
            deploy_exit=deploy_exit, rollback_exit=rollback_exit))

    def write_fresh(self) -> None:
        """What the workload's generator brings: it renames each file into place."""
        old, new = self.versions.old, self.versions.new
        fresh = {path: f"{FRESH}/{path.replace('/', '_')}" for path in new
                 if old.get(path) != new[path]}
        self.write({fresh[path]: new[path] for path in fresh})
        changes = [f"{source} {path}" for path, source in fresh.items()]
        changes += [f"- {path}" for path in old if path not in new]
        os.makedirs(f"{self.root}/{FRESH}", exist_ok=True)
        Path(f"{self.root}/{FRESH}/changes").write_text("\n".join(changes) + "\n")

    def write_past(self, runs: int) -> None:
        """Records of that many runs whose sets are gone. None of them put anything live."""
        for name, said in (("history", {"verb": "run", "event": "kept"}), ("verdicts", {"good": True})):
            lines = [{"format": 1, "run": f"{run:020x}", "sequence": run, "time": "2024-03-10T14:23:00Z",
                      "digest": f"{run:064x}", **said} for run in range(1, runs + 1)]
            (self.control / f"{name}.jsonl").write_text(
                "".join(json.dumps(line) + "\n" for line in lines))

    def set_remote(self) -> None:
        """By two commands, of which the last one replaces what is there by one rename."""
        (self.root / "remote").mkdir()
        with open(self.root / "backstep.yml", "a", encoding="utf-8") as settings:
            settings.write("remote: {fetch: cat remote/tar || exit 44,"
                           " store: cat >remote/new && mv remote/new remote/tar}\n")

    def remote_history(self) -> list[str]:
        """The lines that it holds. Throws ValueError where it is no whole tar."""
        place = self.root / "remote/tar"
        if not place.exists():
            return []
        try:
            with tarfile.open(place) as tar:
                member = ".backstep/history.jsonl"
                found = tar.extractfile(member) if member in tar.getnames() else None
                return found.read().decode().splitlines() if found else []
        except tarfile.TarError as error:
            raise ValueError(f"what the remote holds is torn: {error}") from error

    def repair(self, wanted: Files) -> None:
        """The right content in each file; what we staged beside it stays. A new inode each, as `mv`
        and most editors make: until its rename a live file shares its inode with the evidence."""
        for path in self.versions.old.keys() | self.versions.new.keys():
            self.put(path, wanted.get(path))
