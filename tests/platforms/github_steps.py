# SPDX-License-Identifier: Apache-2.0
"""What a step of a GitHub job can be: a script, a docker action or a composite one of ours, or one of
the few actions of GitHub's own that our examples use. Each returns the step's Finished."""
import shlex
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import yaml

import cancellation
from github_docker_action import DockerAction
from github_expressions import interpolate, interpolate_all
from github_machine import read_command_files

SHELLS = {None: "bash -e {0}", "bash": "bash --noprofile --norc -eo pipefail {0}", "sh": "sh -e {0}"}


@dataclass
class Finished:
    outcome: str = "success"
    outputs: dict = field(default_factory=dict)
    state: dict = field(default_factory=dict)


def outcome_of(status, cancelled):
    return "cancelled" if cancelled else "success" if status == 0 else "failure"


def run_process(job, words, variables, keeps_running, **options):
    """Runs one stage's process as the runner's user and takes in what it left for the runner.
    `variables` is called with the stage's command files, which are new for it."""
    files = job.machine.new_command_files()
    environment = variables({name: str(file) for name, file in files.items()})
    words = words(environment) if callable(words) else (words, environment)
    log = job.machine.results / f"log_{uuid.uuid4()}"
    status, cancelled = cancellation.run(job.machine.as_user(words[0]), log, job.cancellation,
                                         keeps_running, env=words[1], **options)
    job.print_log(log)
    try:
        left = read_command_files(files)
    except SystemExit as error:
        job.say(f"##[error]Unable to process file command: {error}")
        return Finished("failure")
    job.environment.update(left["env"])
    job.paths[:0] = reversed(left["path"])
    job.summary += left["summary"]
    if status != 0 and not cancelled:
        job.say(f"##[error]Process completed with exit code {status}.")
    return Finished(outcome_of(status, cancelled), left["outputs"], left["state"])


def run_script(job, step, contexts, keeps_running):
    script = job.machine.temp / f"{uuid.uuid4()}.sh"
    script.write_text(interpolate(step["run"], contexts))
    job.machine.give(script)
    words = [str(script) if word == "{0}" else word for word in shlex.split(SHELLS[step.get("shell")])]

    def variables(files):
        return {"HOME": str(job.machine.root / "home"), "DOCKER_HOST": "unix://" + job.machine.socket,
                "RUNNER_TRACKING_ID": job.machine.tracking,
                **job.variables(contexts), **contexts["env"], **files,
                "PATH": ":".join([*job.paths, job.host_path])}

    directory = job.machine.workspace / interpolate(step.get("working-directory", ""), contexts)
    return run_process(job, words, variables, keeps_running, cwd=directory)


def inputs_of(job, definition, step, contexts):
    """What was given, and for the rest the defaults, evaluated anew in every stage."""
    given = interpolate_all(step.get("with"), contexts)
    unknown = set(given) - set(definition["inputs"]) - {"entrypoint", "args"}
    if unknown:
        job.say(f"##[warning]Unexpected input(s) {sorted(unknown)}")
    narrow = {name: contexts[name] for name in ("github", "job", "runner")}
    return {name: given.get(name, interpolate(row.get("default", ""), narrow))
            for name, row in definition["inputs"].items()}


def run_docker(job, step, contexts, keeps_running, definition, stage="main", state=()):
    action = DockerAction(job.machine, definition, job.image)
    inputs = inputs_of(job, definition, step, contexts)

    def variables(files):
        return {**job.variables(contexts), **contexts["env"],
                **{f"STATE_{name}": value for name, value in dict(state).items()},
                **{f"INPUT_{name.replace(' ', '_').upper()}": value for name, value in inputs.items()},
                **files}

    def words(environment):
        command, client = action.command(stage, environment)
        job.note_container(command)
        return command, client

    return run_process(job, words, variables, keeps_running)


def run_docker_action(job, step, contexts, keeps_running, definition):
    """The post stage is registered before main runs: it comes whatever becomes of main."""
    state = {}
    if "post-entrypoint" in definition["runs"]:
        job.posts.append((step, definition["runs"].get("post-if", "always()"),
                          lambda later, keep: run_docker(job, step, later, keep, definition, "post", state)))
    finished = run_docker(job, step, contexts, keeps_running, definition)
    state.update(finished.state)
    return finished


def run_composite(job, step, contexts, keeps_running, definition, directory):
    inputs = inputs_of(job, {**definition, "inputs": job.with_image(definition["inputs"])}, step, contexts)
    inner = {**contexts, "inputs": inputs, "steps": {},
             "github": {**contexts["github"], "action_path": str(directory)}}
    for part in definition["runs"]["steps"]:
        if "shell" not in part:
            raise ValueError("a step of a composite action must name its shell")
        inner["env"] = {**contexts["env"], **interpolate_all(part.get("env"), inner)}
        finished = run_script(job, part, inner, keeps_running)
        inner["steps"][part.get("id", "")] = {"outputs": finished.outputs}
        if finished.outcome != "success":
            return finished
    outputs = {name: interpolate(row["value"], inner) for name, row in (definition.get("outputs") or {}).items()}
    return Finished("success", outputs)


def run_own_action(job, step, contexts, keeps_running):
    path, _, reference = step["uses"].partition("@")
    owner, name, *folder = path.split("/")
    directory = job.machine.fetch_action(job.action, f"{owner}/{name}@{reference}") / Path(*folder)
    definition = yaml.safe_load((directory / "action.yml").read_text())
    if definition["runs"]["using"] == "docker":
        return run_docker_action(job, step, contexts, keeps_running, definition)
    return run_composite(job, step, contexts, keeps_running, definition, directory)


def run_step(job, step, contexts, keeps_running):
    if "run" in step:
        return run_script(job, step, contexts, keeps_running)
    name = step["uses"].partition("@")[0]
    given = interpolate_all(step.get("with"), contexts)
    if name == "actions/checkout":
        job.machine.check_out(job.source, job.origin, clean=given.get("clean") != "false")
        return Finished()
    if name == "actions/upload-artifact":
        if not (job.machine.workspace / given["path"]).exists():
            job.say(f"##[warning]No files were found with the provided path: {given['path']}")
        else:
            job.say(f"Artifact {given['name']} has been successfully uploaded: {given['path']}")
        return Finished()
    if name.startswith("OWNER/backstep"):
        return run_own_action(job, step, contexts, keeps_running)
    raise ValueError(f"this action is not replayed here: {step['uses']}")
