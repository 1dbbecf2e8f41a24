#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs one step as Woodpecker, Drone and Bitbucket run a plugin or a pipe: the image's own ENTRYPOINT
without arguments, what the step says as environment variables, and nothing of the machine's own.

SETTINGS is the step's `settings:` (of a plugin) or `variables:` (of a pipe). The exit code is the
container's.
"""
import argparse
import json
import subprocess
import sys
import time
import uuid
from pathlib import Path

import yaml

from cancellation import Cancellation

TICK = 0.02
CHECKOUTS = {"woodpecker": "/woodpecker/src/forge.test/owner/project",
             "drone": "/drone/src",
             "bitbucket": "/opt/atlassian/pipelines/agent/build"}


def scalar_text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def plugin_text(value):
    """Scalars as they are, lists of them joined by commas, all else as JSON."""
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return ",".join(scalar_text(item) for item in value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, separators=(",", ":"))
    return scalar_text(value)


def plugin_variables(settings):
    return {"PLUGIN_" + name.replace(".", "_").replace("-", "_").upper(): plugin_text(value)
            for name, value in settings.items() if value is not None}


def pipe_variables(variables):
    """A pipe's keep their names; a list becomes a variable an item, and their count."""
    result = {}
    for name, value in variables.items():
        if isinstance(value, list):
            result.update({f"{name}_{at}": scalar_text(item) for at, item in enumerate(value)})
            result[name + "_COUNT"] = str(len(value))
        else:
            result[name] = scalar_text(value)
    return result


def woodpecker(build, checkout):
    """A variable whose value is "", "0" or "false" is left out."""
    return {"CI": "woodpecker", "CI_SYSTEM_NAME": "woodpecker", "CI_SYSTEM_URL": "https://ci.test",
            "CI_REPO": "owner/project", "CI_REPO_DEFAULT_BRANCH": "main", "CI_PIPELINE_NUMBER": build,
            "CI_PIPELINE_EVENT": "push", "CI_PIPELINE_URL": f"https://ci.test/repos/1/pipeline/{build}",
            "CI_PIPELINE_FILES": "[]", "CI_WORKFLOW_NAME": "deploy", "CI_WORKFLOW_NUMBER": "1",
            "CI_STEP_NAME": "backstep", "CI_STEP_NUMBER": "2", "CI_COMMIT_SHA": "c" * 40,
            "CI_COMMIT_BRANCH": "main", "CI_COMMIT_AUTHOR": "pecker", "CI_WORKSPACE": checkout}


def drone(build, checkout):
    return {"CI": "true", "DRONE": "true", "DRONE_BUILD_NUMBER": build, "DRONE_STAGE_NAME": "default",
            "DRONE_STEP_NAME": "backstep", "DRONE_REPO": "owner/project", "DRONE_BRANCH": "main",
            "DRONE_COMMIT_SHA": "d" * 40, "DRONE_COMMIT_AUTHOR": "bee", "DRONE_WORKSPACE": checkout,
            "DRONE_BUILD_LINK": f"https://ci.test/owner/project/{build}"}


def bitbucket(build, checkout):
    """The pipe gets the step's own, but none of the repository's variables."""
    return {"CI": "true", "BITBUCKET_BUILD_NUMBER": build, "BITBUCKET_CLONE_DIR": checkout,
            "BITBUCKET_COMMIT": "e" * 40, "BITBUCKET_BRANCH": "main", "BITBUCKET_REPO_SLUG": "project",
            "BITBUCKET_WORKSPACE": "owner", "BITBUCKET_STEP_UUID": "{5d0c1a2e}",
            "BITBUCKET_STEP_TRIGGERER_UUID": "{0a1b2c3d}",
            "BITBUCKET_GIT_HTTP_ORIGIN": "http://bitbucket.test/owner/project",
            "BITBUCKET_PIPE_STORAGE_DIR": f"{checkout}/.bitbucket/pipelines/generated/pipeline/pipes/owner/backstep"}


def command(options, name):
    checkout = CHECKOUTS[options.platform]
    given = yaml.safe_load(Path(options.settings).read_text()) or {}
    platform = {"woodpecker": woodpecker, "drone": drone, "bitbucket": bitbucket}[options.platform]
    own = pipe_variables(given) if options.platform == "bitbucket" else plugin_variables(given)
    words = ["docker", "run", "--name", name, "--workdir", checkout,
             "--volume", f"{Path(options.workspace).resolve()}:{checkout}"]
    for variable, value in {**platform(options.build, checkout), **own}.items():
        words += ["--env", f"{variable}={value}"]
    return [*words, options.image]


def docker(*words):
    subprocess.run(["docker", *words], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def stop(options, name):
    """Woodpecker's agent kills at once; the others ask first, and kill after ten seconds."""
    if options.platform == "woodpecker":
        docker("kill", "--signal", "9", name)
    else:
        docker("stop", "--time", "10", name)


def run(options):
    name = f"step-{uuid.uuid4().hex[:12]}"
    cancellation = Cancellation(options.cancel_when)
    try:
        with subprocess.Popen(command(options, name), stdin=subprocess.DEVNULL) as process:
            while process.poll() is None:
                if cancellation.is_new():
                    stop(options, name)
                time.sleep(TICK)
        return process.returncode
    finally:
        docker("rm", "--force", "--volumes", name)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("platform", choices=sorted(CHECKOUTS))
    parser.add_argument("settings")
    parser.add_argument("--workspace", required=True)
    parser.add_argument("--image", required=True)
    parser.add_argument("--build", default="1")
    parser.add_argument("--cancel-when", metavar="FILE")
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
