# SPDX-License-Identifier: Apache-2.0
"""The steps of a history that call nothing: settings, places and files change."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import other_calls
import runs
import settings as menus
from harness.files import Entry
from settings import STORES
from world import CALM, COMMITTED, NEW, script

if TYPE_CHECKING:
    from history import History

Step = Callable[[random.Random, "History"], list[str]]


def change_settings(rng: random.Random, history: "History") -> list[str]:
    """One or two at once; often the change that counts is the only one."""
    for _ in range(rng.choice([1, 1, 2])):
        name = rng.choice(["files", "files", "exclude", "services", "entrypoint"])
        menu = {"files": menus.FILES, "exclude": menus.EXCLUDES, "services": menus.SERVICES,
                "entrypoint": menus.ENTRYPOINTS}[name]
        value = rng.choice(menu)
        layout = history.world.layout
        if value == ("../shared.conf",) and not (layout.prefix and layout.has_git):
            continue  # it would leave the workspace
        history.settings = replace(history.settings, **{name: value})
    if rng.random() < 0.12:
        history.settings = replace(history.settings, store=rng.choice(STORES))
    return []


def change_environment(rng: random.Random, history: "History") -> list[str]:
    environment, said_by = rng.choice(menus.ENVIRONMENTS)
    history.settings = replace(history.settings, environment=environment, said_by=said_by)
    return []


def stand_elsewhere(rng: random.Random, history: "History") -> list[str]:
    history.below = rng.choice(["", "", "services", "conf"])
    history.ci = rng.choice(["", "", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
    history.owner = "ada" if rng.random() < 0.8 else "bob"
    return []


def check_out_afresh(rng: random.Random, history: "History") -> list[str]:
    """What is committed, in a new place; the store is the same, came along, or stayed behind."""
    world = history.world
    old = world.here
    world.here = world.make_checkout()
    history.tell(f"git clone … {world.checkout()}   # what is committed")
    if not world.layout.is_shared and rng.random() < 0.75:
        for name in STORES:
            copy_store(history, old, name)
    return []


def copy_store(history: "History", old: str, name: str) -> None:
    world = history.world
    source, target = world.home(old) / name, world.home() / name
    if not source.is_dir():
        return
    shutil.copytree(source, target, symlinks=True)
    history.tell(f"cp -a {source} {target}")
    for (place, environment), known in list(history.known.items()):
        if place == source:
            history.known[target, environment] = known.copy()


def go_to_another(rng: random.Random, history: "History") -> list[str]:
    history.world.here = rng.choice(history.world.places)
    return []


def edit(rng: random.Random, history: "History") -> list[str]:
    """A file of the tree, tracked today, once, or never."""
    path = rng.choice([each for each in (*COMMITTED, *NEW) if each not in CALM])
    kind = rng.choices(["write", "remove", "mode", "link"], [60, 20, 10, 10])[0]
    lies = history.world.tree(history.world.here).get(path)
    if kind == "remove":
        history.change(path, None)
    elif kind == "mode" and lies and lies.kind == "file":
        history.change(path, lies._replace(mode=lies.mode ^ 0o111))
    elif kind == "link":
        # Only ever matched by a glob: what a literal names must be a file.
        history.change("conf/b.conf", Entry("link", 0, b"../notes.txt"))
    else:
        history.change(path, script(f"by-hand-{history.token()}", path))
    return []


ODDS: list[tuple[Step, int]] = [
    (change_settings, 22), (change_environment, 9), (stand_elsewhere, 8), (check_out_afresh, 8),
    (go_to_another, 4), (edit, 14), (runs.good, 20), (runs.bad, 24), (runs.failing_generator, 4),
    (runs.killed, 9), (other_calls.roll_back, 13), (other_calls.back_up, 4),
    (other_calls.recover, 7), (runs.begin_and_finish, 5), (other_calls.export_and_import, 6),
    (other_calls.be_a_stranger, 3)]
FIRST = runs.good


def choose(rng: random.Random) -> Step:
    return rng.choices([step for step, _ in ODDS], [odds for _, odds in ODDS])[0]
