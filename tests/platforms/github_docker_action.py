# SPDX-License-Identifier: Apache-2.0
"""One stage of a docker action: the very `docker run` of GitHub's runner."""
import os
import uuid

SOCKET = "/var/run/docker.sock"


class DockerAction:
    def __init__(self, machine, definition, image):
        self.machine = machine
        self.runs = definition["runs"]
        self.image = image
        if {"args", "pre-entrypoint"} & set(self.runs):
            raise ValueError("runs.args and pre-entrypoint are not replayed here")

    def mounts(self):
        machine = self.machine
        return {machine.socket: SOCKET,
                str(machine.temp): "/github/runner_temp",
                str(machine.temp / "_github_home"): "/github/home",
                str(machine.temp / "_github_workflow"): "/github/workflow",
                str(machine.commands): "/github/file_commands",
                str(machine.workspace): "/github/workspace"}

    def in_container(self, value):
        """A value that begins with a mounted path is rewritten; a path in the middle of it is not."""
        for host, inside in sorted(self.mounts().items(), key=lambda pair: -len(pair[0])):
            if value == host or value.startswith(host + "/"):
                return inside + value[len(host):]
        return value

    def environment(self, variables):
        known = {"HOME": "/github/home", **variables}
        for name, value in (self.runs.get("env") or {}).items():
            known.setdefault(name, str(value))
        return {name: self.in_container(value) for name, value in known.items()}

    def command(self, stage, variables):
        """The docker command line, and the environment that its -e names are looked up in."""
        environment = self.environment(variables)
        label = uuid.uuid4().hex[:6]
        words = ["docker", "run", "--name", f"{self.image.replace(':', '').replace('/', '_')}_{label}",
                 "--label", label, "--workdir", "/github/workspace", "--rm"]
        for name in environment:
            if name not in ("GITHUB_ACTIONS", "CI"):
                words += ["-e", name]
        words += ["-e", "GITHUB_ACTIONS=true", "-e", "CI=true"]
        entrypoint = self.runs.get("post-entrypoint" if stage == "post" else "entrypoint")
        if entrypoint:
            words += ["--entrypoint", entrypoint]
        for host, inside in self.mounts().items():
            words += ["-v", f"{host}:{inside}"]
        words.append(self.image)
        # A name like HOME must reach the container without becoming the docker client's own.
        client = {name: os.environ[name] for name in ("DOCKER_HOST", "PATH") if name in os.environ}
        return words, {**environment, **client}
