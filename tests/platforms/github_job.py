#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs one job of a workflow file as GitHub's runner does, on this machine and one container engine.

What is left for asserts is in WORK/results: `job` (success, failure or cancelled), `steps.json`,
`summary.md`, `containers.json` (each docker command line). The exit code is 0 for success alone.
"""
import argparse
import json
import os
import sys
from pathlib import Path

import yaml

import cancellation
from github_expressions import holds, interpolate, interpolate_all
from github_machine import Machine
from github_steps import Finished, run_step

WORSE = ["success", "failure", "cancelled"]


def action_name_of(step):
    return "__" + step.get("uses", "run").partition("@")[0].replace("/", "_")


class Job:
    def __init__(self, options, definition):
        self.name, self.definition = options.job, definition
        self.source, self.action, self.origin = options.source, options.action, options.origin
        self.image, self.sha = options.image, options.sha
        self.machine = Machine(options.work, options.user, options.run_id)
        self.cancellation = cancellation.Cancellation(options.cancel_when)
        self.host_path = os.environ["PATH"]
        self.paths, self.posts, self.containers = [], [], []
        self.environment, self.summary = {}, ""
        self.status = "success"
        self.steps, self.action_name = {}, ""
        self.secrets = dict(pair.split("=", 1) for pair in options.secret)
        self.inputs = dict(pair.split("=", 1) for pair in options.input)

    def say(self, text):
        print(text, flush=True)

    def print_log(self, file):
        sys.stdout.write(file.read_bytes().decode("utf-8", "replace"))
        sys.stdout.flush()

    def note_container(self, words):
        self.containers.append(words)

    def with_image(self, inputs):
        """setup/action.yml with the image that a release writes into it."""
        return {name: {**row, "default": self.image} if name == "image" else row
                for name, row in inputs.items()}

    def variables(self, contexts):
        return self.machine.variables(contexts["github"]["action"], self.name, self.sha)

    def contexts(self, step):
        variables = self.machine.variables(self.action_name, self.name, self.sha)
        github = {name.removeprefix("GITHUB_").lower(): value for name, value in variables.items()
                  if name.startswith("GITHUB_")}
        github["event"] = json.loads(self.machine.event.read_text())
        runner = {"os": "Linux", "arch": "X64", "name": "runner-1", "temp": str(self.machine.temp)}
        contexts = {"github": github, "runner": runner, "job": {"status": self.status},
                    "steps": self.steps, "inputs": self.inputs, "secrets": self.secrets, "env": {}}
        contexts["env"] = {**interpolate_all(self.definition.get("env"), contexts), **self.environment}
        contexts["env"].update(interpolate_all(step.get("env"), contexts))
        return contexts

    def now_cancelled(self, condition, step):
        """What the runner does first: the job's status, then the running step's own condition."""
        self.status = "cancelled"
        return holds(condition, self.contexts(step))

    def take_in(self, outcome):
        self.status = max(self.status, outcome, key=WORSE.index)

    def run_stage(self, step, condition, stage):
        if not holds(condition, self.contexts(step)):
            return Finished("skipped")
        finished = stage(self.contexts(step), lambda: self.now_cancelled(condition, step))
        if finished.outcome == "success" or not step.get("continue-on-error"):
            self.take_in(finished.outcome)
        return finished

    def run_main(self, step, number):
        name = step.get("name") or step.get("uses") or step["run"].split("\n")[0]
        self.action_name = action_name_of(step)
        self.say(f"##[group]{interpolate(name, self.contexts({}))}")
        finished = self.run_stage(step, step.get("if", ""),
                                  lambda contexts, keep: run_step(self, step, contexts, keep))
        self.say(f"##[endgroup] {finished.outcome}")
        self.steps[step.get("id", f"__{number}")] = {"outcome": finished.outcome, "outputs": finished.outputs}

    def run(self):
        for number, step in enumerate(self.definition["steps"]):
            self.run_main(step, number)
        posts = []
        for step, condition, stage in reversed(self.posts):
            self.say(f"##[group]Post {step['uses']}")
            self.action_name = action_name_of(step)
            posts.append(self.run_stage(step, condition, stage).outcome)
        cancellation.end_orphans(f"RUNNER_TRACKING_ID={self.machine.tracking}")
        self.leave_results(posts)

    def leave_results(self, posts):
        results = self.machine.results
        (results / "job").write_text(self.status + "\n")
        (results / "summary.md").write_text(self.summary)
        (results / "steps.json").write_text(json.dumps({"steps": self.steps, "posts": posts}))
        (results / "containers.json").write_text(json.dumps(self.containers))
        self.say(f"job: {self.status}")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workflow")
    parser.add_argument("job")
    for name in ("source", "work", "action", "image", "origin"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--cancel-when", metavar="FILE")
    parser.add_argument("--user", type=int, default=1001)
    parser.add_argument("--run-id", default="1")
    parser.add_argument("--sha", default="a" * 40)
    parser.add_argument("--secret", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--input", action="append", default=[], metavar="NAME=VALUE")
    return parser.parse_args()


def main():
    options = parse_arguments()
    workflow = yaml.safe_load(Path(options.workflow).read_text())
    definition = workflow["jobs"][options.job]
    definition["env"] = {**(workflow.get("env") or {}), **(definition.get("env") or {})}
    job = Job(options, definition)
    job.run()
    return 0 if job.status == "success" else 1


if __name__ == "__main__":
    sys.exit(main())
