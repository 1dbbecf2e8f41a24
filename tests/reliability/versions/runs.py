# SPDX-License-Identifier: Apache-2.0
"""Runs: good, bad, with a failing generator, killed, and as `begin` and `finish`."""

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from calling import Call, read_variables
from harness.files import put
from harness.running import KILLED
from model import Open
from plans import commands, make_plan, words
from story import Story, accepted, differing, note_backup, rolled_back

if TYPE_CHECKING:
    from history import History
    from plans import Plan


def run(history: "History", plan: "Plan") -> list[str]:
    story = Story.of(history)
    call = history.call("run", *words(commands(history, plan)))
    story.call(call)
    if story.is_refused:
        return story.refused()
    made = plan.on(story.tree)
    story.aim.made = made
    if not plan.sick:
        note_backup(story)
        accepted(story, plan)
    else:
        if plan.rewrites:
            story.aim.made = made | {plan.rewrites: made[plan.rewrites]}
        rolled_back(story, made, plan, check_failed=not plan.deploy_fails)
    history.keep(story.environment, story.known, settled=True)
    return story.done()


def good(rng: random.Random, history: "History") -> list[str]:
    return run(history, make_plan(rng, history, sick=False))


def bad(rng: random.Random, history: "History") -> list[str]:
    return run(history, make_plan(rng, history, sick=True))


def failing_generator(rng: random.Random, history: "History") -> list[str]:
    """Nothing was deployed: always back to this run's backup."""
    plan = make_plan(rng, history, sick=False)
    story = Story.of(history)
    said = commands(history, plan)
    said["--generate"] += "; exit 7"
    story.call(history.call("run", *words(said)))
    if story.is_refused:
        return story.refused()
    made = plan.on(story.tree)
    story.aim.made = made
    story.expect(5)
    note_backup(story)
    # Its deploy would have paid what an earlier one owes.
    story.known.owes |= any(each.owes for each in story.aim.opens)
    targets = [story.version(tree) for tree in story.begun]
    if not story.went_back([*targets, *story.interrupted], made, plan):
        story.found.append("target: exit 5, and not as the run began: "
                           f"{differing(story, targets, made, plan)}")
    history.keep(story.environment, story.known, settled=True)
    return story.done()


def killed(rng: random.Random, history: "History") -> list[str]:
    """While its generator or its deploy is at work; nothing is restored then."""
    plan = make_plan(rng, history, sick=rng.random() < 0.5)
    plan.deploy_fails, plan.rewrites = False, ""
    phase = rng.choice(["--generate", "--deploy"])
    story = Story.of(history)
    said = commands(history, plan)
    reached = history.world.root / "tools" / "reached"
    said[phase] += f"; touch {reached}; exec tail -f /dev/null"
    call = history.call("run", *words(said))
    call.kill_at = reached
    story.call(call)
    if story.is_refused:
        return story.refused()
    if not story.expect(KILLED):
        return story.done()
    note_backup(story)
    made = plan.on(story.tree)
    story.aim.made = made
    # What an earlier one owes is owed by this one from here on.
    owes = phase == "--deploy" or any(each.owes for each in story.aim.opens)
    began = Open([story.version(tree) for tree in story.begun], story.begun, story.aim.place,
                 history.owner, owes, undisturbed=not story.aim.opens)
    story.aim.opens = [*story.aim.opens, began]
    history.keep(story.environment, story.known, settled=True)
    found = story.done()
    story.known.open.append(began)
    if phase == "--deploy":
        story.known.live = None
    return found


def begin_and_finish(rng: random.Random, history: "History") -> list[str]:
    """The pipeline's own steps in between; `finish` is called from wherever the job stands then,
    and has what `begin` handed on."""
    plan = make_plan(rng, history, sick=False)
    if not plan.writes:
        return []
    story = Story.of(history)
    said = commands(history, plan)
    del said["--generate"], said["--deploy"]
    variables = {name: str(history.world.root / "tools" / name.lower())
                 for name in ("GITHUB_ENV", "GITHUB_STATE", "GITHUB_OUTPUT")}
    for path in variables.values():
        open(path, "w", encoding="utf-8").close()
    job = {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "7", "GITHUB_JOB": "deploy",
           "GITHUB_WORKSPACE": str(history.world.checkout()), **variables}
    call = history.call("begin", *words(said))
    call.variables |= job
    story.call(call)
    if story.is_refused:
        return story.refused()
    if not story.expect(0):
        return story.done()
    story.begun = [story.now]  # what was open is settled
    for path, entry in sorted(plan.writes.items()):
        put(history.world.home(), path, entry)
    made = plan.on(story.now)
    status = rng.choice(["success", "failure"])
    directory = rng.choice([call.directory, history.world.root, history.world.checkout(
        rng.choice(history.world.places))])
    handed_on = read_variables(variables["GITHUB_ENV"])
    story.call(Call(["finish", "--status", status], directory, call.variables | handed_on))
    story.aim.made = made
    if status == "success":
        note_backup(story)
        accepted(story, plan)
    else:
        rolled_back(story, made, replace(plan, sick="x"), check_failed=False)
    history.keep(story.environment, story.known, settled=True)
    return story.done()
