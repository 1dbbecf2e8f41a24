# SPDX-License-Identifier: Apache-2.0
"""What sections 3 and 5 of the design promise, in a few rules: the model of the state fuzzer.

Written from the design, not from the code. Where it is silent, any outcome that keeps the promises
is allowed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.files import Entry, Files, digest_of, service_of
from harness.recovery import NOTHING_TO_RESTORE, Interrupted, Journal, Record, owes_a_command

KEEP_LAST = 3


@dataclass
class Before:
    """What lay on the disk before a step, and who takes it."""

    live: Files
    journal: Journal | None
    labels: list[str]
    history: list[dict]
    verdicts: list[dict]
    services: set[str]  # directories, whether they hold a script or not
    owner: str

    @property
    def phase(self) -> str:
        return self.journal["phase"] if self.journal else ""

    @property
    def own(self) -> bool:
        return self.journal is not None and self.journal["owner"] == self.owner

    @property
    def begun(self) -> bool:
        """A `begin` that waits for its `finish`; the guard of these outlives any test."""
        return self.journal is not None and self.journal["guard_until"] != 0

    @property
    def owed(self) -> bool:
        return owes_a_command(self.journal)

    @property
    def rollback_off(self) -> bool:
        return (self.journal is not None and self.journal["settings"]["rollback"] != "true"
                and self.phase not in {"restoring", "restored", "accepted"})


@dataclass
class Model:
    sets: dict[str, Files] = field(default_factory=dict)  # by label, what each must hold
    raw: dict[str, Files] = field(default_factory=dict)    # and byte for byte how it lay there
    damaged: set[str] = field(default_factory=set)

    def whole(self, label: str) -> bool:
        return label in self.sets and label not in self.damaged

    def good_digests(self, before: Before) -> set[str]:
        """"A pass outranks failures; a human's mark outranks all"; `mark untested` takes all back."""
        marks: dict[str, bool] = {}
        passed: set[str] = set()
        for line in before.verdicts:
            if line.get("withdrawn"):
                marks.pop(line["digest"], None)
                passed.discard(line["digest"])
            elif line.get("by_human"):
                marks[line["digest"]] = line["good"]
            elif line["good"]:
                passed.add(line["digest"])
        known = passed | marks.keys()
        return {digest for digest in known if marks.get(digest, digest in passed)}

    def doubtful(self, before: Before, *, whole: bool = False) -> bool:
        """Whether settling may fail, for its target is damaged: it does where what is damaged is
        needed."""
        if before.phase in NOTHING_TO_RESTORE:
            return False
        stays = before.rollback_off and not whole
        return not stays and not self.whole(target_of(before.journal))

    def settled(self, before: Before, *, whole: bool = False, own: bool = False) -> Files:
        """The live files once the open journal is settled (3.1)."""
        journal = before.journal
        if before.phase in NOTHING_TO_RESTORE or (before.rollback_off and not whole):
            return before.live
        run = Interrupted(before.phase, self.sets[target_of(journal)], records_of(journal))
        return run.settle(before.live, own=own or before.own, whole=whole,
                          in_scope=lambda path, wanted: is_in_scope(journal, path, wanted,
                                                                    before)).live

    def targets(self, before: Before, backup: str, checked: bool) -> set[str]:
        """Where a failed deploy may go back to (3.2, `auto`): "this run's backup if its digest is
        known good, else the newest known good, else this run's backup". What was settled first
        stands in for it. A damaged set does where nothing of what is damaged is needed."""
        good = self.good_digests(before)
        holders = {label for label, files in self.sets.items()
                   if files and not label.startswith("failed/") and digest_of(files) in good}
        own = {backup}
        if before.journal:
            own |= {before.journal[key] for key in ("backup", "stands_in")}
        own &= self.sets.keys()
        untested = all(digest_of(self.sets[label]) not in good for label in own)
        if checked and untested and any(map(self.whole, holders)):
            return holders
        return own | holders

    def changed_sets(self, labels: Iterable[str], raw: dict[str, Files]) -> list[str]:
        """I4: a published set never changes."""
        return [f"I4: {label} was changed" for label in labels
                if self.whole(label) and raw[label] != self.raw[label]]

    def is_among_the_last(self, label: str, after: Before) -> bool:
        """keep_last counts contents: a backup goes when another whole set holds the same, or when
        newer backups hold that many others."""
        if not label.startswith("backups/") or not self.whole(label):
            return False
        content = digest_of(self.sets[label])
        kept = {digest_of(self.sets[each]) for each in after.labels
                if self.whole(each) and not each.startswith("failed/")}
        newer = {digest_of(self.sets[each]) if each in self.sets else each for each in after.labels
                 if each.startswith("backups/") and each > label}
        return content not in kept and len(newer) < KEEP_LAST

    def lost_sets(self, before: Before, after: Before, may_prune: bool) -> list[str]:
        """I4: never pruned while a journal names it or it is the last good one."""
        lost = [label for label in before.labels if label not in after.labels]
        found = [f"I4: {label} is gone" for label in lost if not may_prune]
        named = named_by(after.journal)
        found += [f"I4: {label} was pruned" for label in lost
                  if label in named or self.is_among_the_last(label, after)]
        good = [line["digest"] for line in after.verdicts if line.get("good")]
        last = next((each for each in reversed(good) if each in self.good_digests(after)), None)
        holders = {label for label, files in self.sets.items() if self.whole(label)
                   and not label.startswith("failed/") and digest_of(files) == last}
        if holders and not holders & set(after.labels):
            found.append(f"I4: the last good set is gone: {holders}")
        return found


def target_of(journal: Journal) -> str:
    """"Settling goes on to the target that the journal names, or from earlier phases to this run's
    backup." """
    return journal.get("target") or journal["backup"]


def named_by(journal: Journal | None) -> set[str]:
    if journal is None:
        return set()
    return {journal[key] for key in ("backup", "stands_in", "evidence")} | {target_of(journal)}


def records_of(journal: Journal) -> dict[str, Record] | None:
    recorded = journal.get("recorded")
    return None if recorded is None else {
        each["path"]: Record(each.get("sha256", ""), each.get("executable", False),
                             bool(each.get("kept"))) for each in recorded}


def is_in_scope(journal: Journal, path: str, wanted: Entry | None, before: Before) -> bool:
    """A manual rollback keeps what was added since, and skips services that do not exist."""
    if wanted is None:
        return journal["exact"]
    service = service_of(path)
    if not service:
        return not journal["only_services"]
    if journal["only_services"] and service not in journal["only_services"]:
        return False
    return journal["recreate_services"] or service in before.services
