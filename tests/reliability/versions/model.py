# SPDX-License-Identifier: Apache-2.0
"""What sections 1 and 3.2 to 3.5 of the design promise of versions, in a few rules.

Written from the design, not from the code. It does not foretell what a call does; it says which
outcomes are right, and where the design leaves several open, all of them are.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from harness.files import Entry, Files, digest_of
from settings import Settings


@dataclass(frozen=True)
class Version:
    """The tracked files at one moment, and by which settings they were looked for."""

    settings: Settings
    files: Files
    odd: frozenset[str]  # seen and not stored
    accepted: bool = False
    passed: bool = False  # the check, on exactly this
    by_hand: bool = False  # made by the verb `backup`
    perhaps: bool = False  # whether its store knows it is left open

    def looked_for(self, path: str) -> bool:
        return self.settings.tracks(path) and path not in self.odd

    @property
    def digest(self) -> str:
        return digest_of(self.files)

    def is_comparable(self, today: Settings) -> bool:
        """The scope that both share holds a file."""
        return any(today.tracks(path) for path in self.files)

    def agrees(self, other: "Version") -> bool:
        """Over the scope that both share, which holds at least one file."""
        shared = [path for path in self.files.keys() | other.files.keys()
                  if self.looked_for(path) and other.looked_for(path)]
        return (any(path in self.files for path in shared)
                and all(self.files.get(path) == other.files.get(path) for path in shared))


def version_of(tree: Files, settings: Settings) -> Version:
    seen = {path: entry for path, entry in tree.items() if settings.tracks(path)}
    files = {path: entry for path, entry in seen.items() if entry.kind == "file"}
    return Version(settings, files, frozenset(seen.keys() - files.keys()))


@dataclass
class Open:
    """A run that was killed."""

    versions: list[Version]  # its backup; several where it settled another run first
    trees: list[Files]        # all that lay there when it began
    place: str
    owner: str
    owes: bool  # its deploy had begun, or an earlier one's
    undisturbed: bool = True  # nobody has touched its tree or its journal since

    def brought(self, path: str) -> bool:
        return any(path not in each for each in self.trees)

    def tracks(self, path: str) -> bool:
        return self.versions[0].settings.tracks(path)


@dataclass
class Known:
    """What one environment's store has seen."""

    versions: list[Version] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)   # digests that the check failed on
    open: list[Open] = field(default_factory=list)
    live: str | None = None                          # its digest; None: not known for sure
    last_rollback: Version | None = None             # the last change on record, where it was one
    owes: bool = False                               # a backup settled it, and runs no command
    lineage: str = field(default_factory=lambda: uuid.uuid4().hex)  # a copied store goes on as itself

    def passed(self) -> list[Version]:
        return [each for each in self.versions if each.passed]

    def copy(self, *, adopted: bool = False) -> "Known":
        """A store that was copied, or adopted; the trees of its runs stay where they were."""
        return Known([replace(each, perhaps=adopted or each.perhaps) for each in self.versions],
                     set(self.failed), [replace(each, undisturbed=False) for each in self.open],
                     None if adopted else self.live, None if adopted else self.last_rollback,
                     False if adopted else self.owes, uuid.uuid4().hex if adopted else self.lineage)

    def is_good(self, version: Version) -> bool:
        """An exact digest outranks a shared part."""
        if version.digest in {each.digest for each in self.passed()}:
            return True
        return version.digest not in self.failed and any(map(version.agrees, self.passed()))

    def targets(self, backup: Version, instead: Iterable[Version]) -> list[Version]:
        """`auto`: "this run's backup if its digest is known good, else the newest known good, else
        this run's backup". Which of several known good ones is not asked. `instead`: backups of
        runs that were settled just now, which take the place of this run's."""
        known = [each for each in self.passed() if each.is_comparable(backup.settings)]
        surely = [each for each in known if not each.perhaps]
        if instead:
            return [backup, *instead, *known]
        if self.is_good(backup):
            exact = backup.digest in {each.digest for each in surely}
            return [backup] if exact else [backup, *known]
        return known if surely else [backup, *known]

    def targets_by_hand(self, lies_here: Version) -> list[Version]:
        """"Among known good sets, accepted sets and sets made by the verb `backup`: not known bad,
        and not what lies there"; else any. The target of the last rollback may be taken again."""
        first = [each for each in self.versions
                 if (each.passed or each.accepted or each.by_hand) and not each.perhaps
                 and each.is_comparable(lies_here.settings) and each.digest != lies_here.digest
                 and (each.passed or each.digest not in self.failed)]
        if all(each.agrees(lies_here) for each in first):
            return self.versions
        first += [each for each in self.versions if each.perhaps]
        if self.last_rollback is None:
            return first
        # What it went to lies there whole, and without --exact so may what came since.
        lay = self.last_rollback.files.items()
        return [*first, self.last_rollback,
                *(each for each in self.versions if each.files.items() <= lay)]


Allowed = set[Entry | None]


def after_rollback(path: str, target: Version, begun: list[Files], made: Files) -> Allowed:
    """How an automatic rollback may leave a tracked path. `begun` is how the run found the tree;
    more than one where it settled another run first. `made` is what the generator left."""
    found: Allowed = {tree.get(path) for tree in begun}
    if any(entry is not None and entry.kind != "file" for entry in found):
        found.add(made.get(path))  # what cannot be stored cannot be brought back
    if not target.looked_for(path):
        return found
    if path in target.files:
        return {target.files[path]} | {entry for entry in found if entry and entry.kind != "file"}
    # Looked for and not seen: removed only if this run brought it.
    return {None} if found == {None} else found | {made.get(path)}


def by_hand(path: str, target: Version, tree: Files, *, exact: bool) -> Allowed:
    found = tree.get(path)
    if path not in target.files:
        return {found, None} if exact and target.looked_for(path) else {found}
    directory = path.rsplit("/", 1)[0]
    is_skipped = target.settings.scripts(path) and directory not in tree
    return {target.files[path], found} if is_skipped else {target.files[path]}
