# SPDX-License-Identifier: Apache-2.0
"""What no call may do, whatever it was: by two looks at the disk, before it and after it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from disk import Stored
from harness.files import Files
from model import Known, Open, version_of
from settings import Settings

if TYPE_CHECKING:
    from history import History

# Of a killed run: what it staged, and the room that it held.
STAGED = re.compile(r"(^|/)\.[^/]*backstep[^/]*(/|$)")


@dataclass
class Moment:
    trees: dict[str, Files]
    stores: dict[Path, Stored]


@dataclass
class Aim:
    """What one call is about."""

    place: str
    store: Path
    environment: str
    settings: Settings
    made: Files | None = None  # what the commands wrote, None: none ran
    opens: list[Open] = field(default_factory=list)  # killed runs of its store, in this tree
    exact: bool = False
    accepted: bool = False  # what was made stays
    merges: bool = False    # an import


def is_known_to(aim: Aim, path: str) -> bool:
    """Tracked by this call, or by a run that it may settle."""
    return aim.settings.tracks(path) or any(each.tracks(path) for each in aim.opens)


def check_paths(aim: Aim, before: Files, after: Files) -> list[str]:
    """Nothing untracked is written, created or removed, and nothing that lay there is removed."""
    made = before if aim.made is None else aim.made
    found = []
    for path in sorted(before.keys() | after.keys() | made.keys()):
        was, wrote, now = before.get(path), made.get(path), after.get(path)
        if now == wrote or (aim.opens and STAGED.search(path)):
            continue
        if "directory" in (getattr(was, "kind", ""), getattr(now, "kind", "")):
            found += check_directory(path, before, after)
        elif not is_known_to(aim, path):
            found.append(f"untracked: {path} was {was}, the commands left {wrote}, now {now}")
        elif was is not None and now is None and not may_remove(aim, path):
            found.append(f"removed: {path} lay there when the call began: {was}")
    return found


def check_directory(path: str, before: Files, after: Files) -> list[str]:
    if path in before and path not in after:
        return [f"removed: the directory {path} lay there when the call began"]
    below = [each for each in after if each.startswith(f"{path}/")]
    return [] if path in before or below else [f"untracked: an empty directory {path} was made"]


def may_remove(aim: Aim, path: str) -> bool:
    if aim.made is not None and path not in aim.made:
        return True  # the commands did
    if aim.exact and aim.settings.tracks(path):
        return True
    return any(each.brought(path) and each.tracks(path) for each in aim.opens)


def check_bytes(aim: Aim, before: Files, after: Files, stored: Stored) -> list[str]:
    """Every content that a restore replaced or removed is kept, and so is every tracked one that
    lay there before."""
    found = []
    made = before if aim.made is None or aim.accepted else aim.made
    for what, tree in (("lay there", before), ("was made", made)):
        for path, entry in tree.items():
            if entry.kind != "file" or after.get(path) == entry or not is_known_to(aim, path):
                continue
            replaced = after.get(path)
            if replaced is not None and replaced.content == entry.content:
                continue  # only its mode
            if aim.made is not None and replaced == aim.made.get(path) \
                    and not aim.settings.tracks(path):
                continue  # the commands wrote it, and only an earlier run's settings track it
            if entry.sha256 not in stored.contents:
                found.append(f"lost: {path} as it {what} is nowhere: {entry}")
    return found


def check_stores(aim: Aim, before: Moment, after: Moment) -> list[str]:
    """A published set never changes, and a store is touched by its own calls only."""
    found = []
    for place, was in before.stores.items():
        now = after.stores.get(place, Stored())
        if place != aim.store:
            if now.raw != was.raw:
                found.append(f"store: {place} is another store, and was changed: "
                             f"{sorted(now.raw.items() ^ was.raw.items())[:3]}")
            continue
        if not aim.merges:
            found += changed_sets(was, now)
        for name in ("staging", "production"):
            if name != aim.environment and was.beneath(name).raw != now.beneath(name).raw:
                found.append(f"store: {name} is another environment, and was changed")
        if aim.environment:  # which may adopt what the one without a name knows
            theirs = was.beneath("").sets.values()
            found += [f"store: the environment without a name lost the set {each[:12]}"
                      for each in sorted(set(theirs) - set(now.sets.values()))]
            found += [f"store: the environment without a name got the set {name}" for name in
                      sorted(now.beneath("").sets.keys() - was.beneath("").sets.keys())]
    return found


def is_spared(name: str, digest: str, now: Stored) -> bool:
    """A good/ entry may go where any set holds the same, evidence where other evidence does."""
    others = [other for other, each in now.sets.items() if each == digest]
    if "failed/" in name:
        return any("failed/" in other for other in others)
    return "good/" in name and bool(others)


def changed_sets(was: Stored, now: Stored) -> list[str]:
    found = []
    for name, digest in was.sets.items():
        if name not in now.sets:
            if not is_spared(name, digest, now):
                found.append(f"store: the set {name} is gone")
            continue
        found += [f"store: {path} was changed" for path, each in was.raw.items()
                  if path.startswith(f"{name}/") and now.raw.get(path) != each]
    return found


def check_others(aim: Aim, before: Moment, after: Moment) -> list[str]:
    return [f"elsewhere: {place} was changed, the call was about {aim.place}"
            for place, tree in before.trees.items()
            if place != aim.place and after.trees[place] != tree]


def check_disk(aim: Aim, before: Moment, after: Moment) -> list[str]:
    was, now = before.trees[aim.place], after.trees[aim.place]
    stored = after.stores.get(aim.store, Stored())
    return [*check_paths(aim, was, now), *check_bytes(aim, was, now, stored),
            *check_stores(aim, before, after), *check_others(aim, before, after)]


def check_words(history: "History", known: Known) -> list[str]:
    """`status` and `list` say what is so."""
    found = []
    here = version_of(history.world.tree(history.world.here), history.settings)
    status = history.look("status", "--json").answer
    live = status.get("live") or {}
    if status.get("digest") not in (None, "", here.digest):
        found.append(f"said: status calls what lies here {status['digest'][:12]}, it is "
                     f"{here.digest[:12]}")
    if known.live and live.get("certain") and live.get("digest") != known.live:
        found.append(f"said: status calls {live.get('digest')} live, it is {known.live}")
    good = [(status.get("last_good") or {}).get("digest")]
    sets = history.look("list", "--json").answer.get("sets", [])
    good += [each.get("digest") for each in sets if each.get("verdict") == "good"]
    return found + [f"said: {digest[:12]} is called known good, and no check passed on it"
                    for digest in sorted({each for each in good if each})
                    if not is_surely_good(known, digest)]


def is_surely_good(known: Known, digest: str) -> bool:
    """A set of which the model knows the content: by the check, or over a shared part. What it does
    not know was composed of versions that it does."""
    if digest in {each.digest for each in known.passed()}:
        return True
    if digest in known.failed:
        return False
    same = [each for each in known.versions if each.digest == digest]
    return not same or any(map(known.is_good, same))
