# SPDX-License-Identifier: Apache-2.0
"""The machine that a job of GitHub runs on: the runner's directories, its user, its files for
commands. A directory that is there already is a self-hosted one, which keeps its checkout."""
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
from github_runner import read_outputs  # noqa: E402

FILE_COMMANDS = {"GITHUB_OUTPUT": "set_output", "GITHUB_STATE": "save_state",
                 "GITHUB_ENV": "set_env", "GITHUB_PATH": "add_path",
                 "GITHUB_STEP_SUMMARY": "step_summary"}
SUMMARY_LIMIT = 1024 * 1024
ACTION_FILES = ("action.yml", "setup")


class Machine:
    def __init__(self, root, user, run_id):
        self.root = Path(root)
        self.user = user if os.geteuid() == 0 else None
        self.work = self.root / "_work"
        self.temp = self.work / "_temp"
        self.workspace = self.work / "project" / "project"
        self.commands = self.temp / "_runner_file_commands"
        self.actions = self.work / "_actions"
        self.event = self.temp / "_github_workflow" / "event.json"
        self.results = self.root / "results"
        self.tracking = f"github_{uuid.uuid4()}"
        self.run_id = run_id
        self.socket = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock").removeprefix("unix://")
        for left in (self.temp, self.results):
            shutil.rmtree(left, ignore_errors=True)
        for directory in (self.workspace, self.commands, self.actions, self.results,
                          self.temp / "_github_home", self.temp / "_github_workflow",
                          self.work / "_tool", self.root / "home"):
            directory.mkdir(parents=True, exist_ok=True)
        self.event.write_text('{"repository": {"private": true}}')
        for path in (self.root, self.work, self.workspace.parent, self.workspace, self.work / "_tool"):
            os.lchown(path, *self.ids())
        for path in (self.root / "home", self.temp, self.results, self.actions):
            self.give(path)

    def ids(self):
        return (-1, -1) if self.user is None else (self.user, self.user)

    def give(self, path):
        """To the runner's user, who is not root, with all that is in it."""
        for found in [Path(path), *Path(path).rglob("*")]:
            os.lchown(found, *self.ids())

    def as_user(self, arguments):
        if self.user is None:
            return arguments
        group = os.stat(self.socket).st_gid if os.path.exists(self.socket) else self.user
        user = str(self.user)
        return ["setpriv", "--reuid", user, "--regid", user, "--groups", str(group), *arguments]

    def check_out(self, source, origin, clean):
        """The commit's files over what is there, in a repository whose remote is `origin`. `clean` first removes
        all that is in no commit, as the runner's user: what is not that user's to remove fails the step."""
        if clean:
            subprocess.run(self.as_user(["find", str(self.workspace), "-mindepth", "1", "-delete"]), check=True)
        shutil.copytree(source, self.workspace, symlinks=True, dirs_exist_ok=True)
        for path in Path(source).rglob("*"):
            os.lchown(self.workspace / path.relative_to(source), *self.ids())
        self.git("init", "--quiet", "--bare", origin)
        self.give(origin)
        if not (self.workspace / ".git").exists():
            self.git("-C", self.workspace, "init", "--quiet")
            self.git("-C", self.workspace, "remote", "add", "origin", origin)
            self.give(self.workspace / ".git")

    def git(self, *words):
        subprocess.run(["git", "-c", "safe.directory=*", "-c", "init.defaultBranch=main", *map(str, words)], check=True)

    def fetch_action(self, source, reference):
        """The directory of an action's repository at that reference, with what the action needs."""
        directory = self.actions / reference.replace("@", "/")
        if not directory.exists():
            directory.mkdir(parents=True)
            for name in ACTION_FILES:
                copy = shutil.copytree if (Path(source) / name).is_dir() else shutil.copy
                copy(Path(source) / name, directory / name)
            self.give(self.actions)
        return directory

    def new_command_files(self):
        """One of each for a stage, empty, made before it starts."""
        name = uuid.uuid4()
        files = {key: self.commands / f"{prefix}_{name}" for key, prefix in FILE_COMMANDS.items()}
        for file in files.values():
            file.touch()
            self.give(file)
        return files

    def variables(self, action, job, sha):
        """GITHUB_ and RUNNER_, and nothing that the test itself was started with."""
        return {
            "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_ACTION": action, "GITHUB_ACTOR": "octocat",
            "GITHUB_API_URL": "https://api.github.test", "GITHUB_EVENT_NAME": "push",
            "GITHUB_EVENT_PATH": str(self.event), "GITHUB_JOB": job, "GITHUB_REF": "refs/heads/main",
            "GITHUB_REF_NAME": "main", "GITHUB_REPOSITORY": "octocat/project",
            "GITHUB_RUN_ATTEMPT": "1", "GITHUB_RUN_ID": self.run_id, "GITHUB_RUN_NUMBER": self.run_id,
            "GITHUB_SERVER_URL": "https://github.test", "GITHUB_SHA": sha,
            "GITHUB_WORKFLOW": "deploy", "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_NAME": "runner-1", "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64",
            "RUNNER_TEMP": str(self.temp), "RUNNER_TOOL_CACHE": str(self.work / "_tool"),
            "RUNNER_ENVIRONMENT": "github-hosted"}


def read_command_files(files):
    """Outputs, state, variables, additions to the PATH and the summary; read also when the step
    failed. A line of no known form fails it."""
    texts = {}
    for key, file in files.items():
        data = file.read_bytes()
        if key == "GITHUB_STEP_SUMMARY" and len(data) > SUMMARY_LIMIT:
            data = b""  # the runner drops the whole of it
        texts[key] = data.decode("utf-8")
    pairs = {key: read_outputs(texts[key] if texts[key].endswith("\n") or not texts[key] else texts[key] + "\n")
             if texts[key] else {} for key in ("GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_ENV")}
    return {"outputs": pairs["GITHUB_OUTPUT"], "state": pairs["GITHUB_STATE"], "env": pairs["GITHUB_ENV"],
            "path": [line for line in texts["GITHUB_PATH"].split("\n") if line],
            "summary": texts["GITHUB_STEP_SUMMARY"]}
