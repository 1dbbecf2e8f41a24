# SPDX-License-Identifier: Apache-2.0
"""Calls that run nothing new: by hand, `backup`, `recover`, `export` and `import`, a stranger's."""

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import model
from disk import Stored
from harness.files import Entry, entry_at, put, script
from model import Version
from story import Story, note_backup, passed_on, settled
from settings import Settings

if TYPE_CHECKING:
    from history import History


def roll_back(rng: random.Random, history: "History") -> list[str]:
    """By hand."""
    story = Story.of(history)
    own = story.before.stores.get(story.aim.store, Stored()).beneath(story.environment)
    named = sorted(name for name in own.sets if "failed/" not in name)
    to = rng.choice(["", "", "", "last-good", "last-good", *named[:1], *named[-1:]])
    story.aim.exact = rng.random() < 0.2
    is_deployed = rng.random() < 0.4
    flags = ["--exact"] if story.aim.exact else []
    flags += ["--to", to.split("/")[-1]] if to else []
    flags += ["--rollback-command", "true", "--health-check", "true"] if is_deployed else [
        "--files-only"]
    story.call(history.call("rollback", *flags))
    if story.is_refused:
        return story.refused()
    tracked = story.version(story.tree).settings
    none_good = to == "last-good" and not any(each.is_comparable(tracked) and not each.perhaps
                                              for each in story.known.passed())
    empty = not story.known.versions
    usual = story.expect(*([0, 10] if not to or none_good else [0]), *([10, 2] if empty or none_good
                                                                       else []))
    if usual and story.ended.status == 0:
        check_target(story, to, own)
        version = story.version(story.now)
        story.known.last_rollback = version
        if is_deployed:
            story.known.live = version.digest
            story.known.versions.append(passed_on(version, story.known.versions))
    elif usual and any(story.now.get(path) not in {tree.get(path) for tree in story.begun}
                       for path in story.tracked(story.tree, story.now)):
        story.found.append(f"exit: {story.ended.status}, and something was changed")
    history.keep(story.environment, story.known, settled=story.ended.status == 0)
    return story.done()


def check_target(story: Story, to: str, own: Stored) -> None:
    """What lies there now is one version, with what lay there where it says nothing."""
    known = story.known
    if to == "last-good":
        targets = known.passed()
    elif to:
        targets = [each for each in known.versions if each.digest == own.sets[to]]
    else:
        targets = known.targets_by_hand(story.version(story.tree))
        if story.aim.opens:
            targets = [*known.versions, *story.interrupted]
    if not targets:
        return  # a composed one, of which only the store knows

    def fits(target: Version, tree: dict[str, Entry]) -> bool:
        return all(story.now.get(path) in model.by_hand(path, target, tree, exact=story.aim.exact)
                   for path in story.tracked(tree, story.now, target.files))
    if not any(fits(target, tree) for target in targets for tree in story.begun):
        lies = {path: str(story.now.get(path)) for path in story.tracked(story.tree, story.now)}
        story.found.append(f"target: by hand to {to or 'what it chose'}, and what lies there is "
                           f"no version that it may go to: {lies}")


def back_up(_rng: random.Random, history: "History") -> list[str]:
    story = Story.of(history)
    story.call(history.call("backup"))
    if story.is_refused:
        return story.refused()
    # Without its directory of services there is nothing to back up.
    there = any(path.split("/")[0] == each.split("/")[0] for path in story.tree
                for each in history.settings.services)
    if story.expect(*([0] if there else [0, 6])) and story.ended.status == 0:
        note_backup(story)
        # What was open is settled first, and nothing is changed after that.
        story.known.versions.append(replace(story.version(story.now), by_hand=True))
        story.known.owes |= any(each.owes for each in story.aim.opens)
        history.keep(story.environment, story.known, settled=True)
    return story.done()


def recover(rng: random.Random, history: "History") -> list[str]:
    """By somebody, from wherever in the tree, or from another tree."""
    story = Story.of(history)
    call = history.call("recover")
    call.directory = history.world.home() / rng.choice(["", "services", "conf"])
    call.directory.mkdir(parents=True, exist_ok=True)
    story.before = history.moment()
    story.call(call)
    if story.is_refused:
        return story.refused(0, 2)
    owed = story.known.owes
    story.expect(*([0, 20, 21] if story.aim.opens or owed else [0]))
    here = history.opens_here(story.known)
    if len(story.aim.opens) == 1 and here and here[0].undisturbed:
        wanted = settled(here[0], story.tree)[0]
        story.found += [f"recover: {path} is {story.now.get(path)}, not {wanted.get(path)}"
                        for path in sorted(story.tree.keys() | wanted.keys())
                        if here[0].tracks(path) and story.now.get(path) != wanted.get(path)]
    if here:
        story.known.live = None
        story.known.last_rollback = story.version(story.now)
        if story.ended.status == 20:
            story.known.versions += [
                passed_on(model.version_of(story.now, each.versions[0].settings), each.versions)
                for each in here]
    if owed and not here and story.ended.status == 20:
        story.known.versions.append(passed_on(story.version(story.now), story.known.versions))
    story.known.owes = False
    if story.aim.opens or owed:
        history.keep(story.environment, story.known, settled=True)
    return story.done()


def export_and_import(rng: random.Random, history: "History") -> list[str]:
    """Into the store of another checkout; where all share one, into itself."""
    story = Story.of(history)
    if story.is_refused or not story.aim.store.is_dir() or not story.known.versions:
        return []
    archive = history.world.root / f"archive-{history.token()}.tar"
    story.call(history.call("export", str(archive)))
    story.expect(0)
    there = take_elsewhere(rng, history)
    exported = story.before.stores[story.aim.store].beneath(story.environment)
    found = story.done()
    if found or not there:
        return found
    history.world.here = there
    target = Story.of(history)
    if target.is_refused or target.environment != story.environment:
        return []
    target.call(history.call("import", str(archive)))
    target.aim.merges = True
    target.expect(0)
    kept = target.after.stores.get(target.aim.store, Stored()).beneath(target.environment)
    was = target.before.stores.get(target.aim.store, Stored()).beneath(target.environment)
    for what, store in (("the archive", exported), ("here", was)):
        lost = set(store.sets.values()) - set(kept.sets.values())
        if lost or not store_contents(store) <= kept.contents:
            target.found.append(f"import: something of {what} is missing: {sorted(lost)}")
    if history.world.layout.is_shared and kept.sets != was.sets:
        target.found.append("import: what the store has already changed it")
    target.known.versions += story.known.copy().versions
    target.known.failed |= story.known.failed
    if target.known.lineage == story.known.lineage:
        target.known.live = None  # of two that are copies, the one that went on longer tells
    history.keep(target.environment, target.known, settled=False)
    return target.done()


def store_contents(store: Stored) -> set[str]:
    """Of its sets; evidence and records have rules of their own."""
    return {each for path, each in store.raw.items() if "_manifest" not in path
            and any(path.startswith(f"{name}/") for name in store.sets if "failed/" not in name)}


def take_elsewhere(rng: random.Random, history: "History") -> str:
    world = history.world
    if world.layout.is_shared:
        return world.here
    others = [each for each in world.places if each != world.here]
    if others and rng.random() < 0.7:
        return rng.choice(others)
    return world.make_checkout()


def be_a_stranger(_rng: random.Random, history: "History") -> list[str]:
    """Another project, with settings that name the same absolute store."""
    if not history.world.layout.is_shared:
        return []
    story = Story.of(history)
    if story.is_refused or (story.aim.store, story.environment) not in history.known:
        return []  # whose it is, nobody has told it yet
    home = history.world.root / "blog"
    put(home, "services/web/entrypoint.sh", script("blog web"))
    theirs = Settings(store=str(story.aim.store), project="blog")
    (home / "backstep.yml").write_text(theirs.text())
    history.tell(f"cat >{home}/backstep.yml <<'EOF'\n{theirs.text()}EOF")
    call = history.call("run", "--deploy", "true", "--health-check", "true")
    call.directory = home
    call.variables.pop(history.ci, None)
    if "--config" in call.arguments:
        del call.arguments[call.arguments.index("--config"):]
    if story.environment and "--environment" not in call.arguments:
        call.arguments += ["--environment", story.environment]
    story.call(call)
    if entry_at(home / "services/web/entrypoint.sh") != script("blog web"):
        story.found.append("stranger: its script was changed")
    return story.refused(6)
