#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs one job of a .gitlab-ci.yml as GitLab's runner does, with one container engine.

PROJECT is the runner's checkout: it stays from job to job, and is cleaned by GIT_CLEAN_FLAGS. STORE
holds the artifacts of jobs, and for asserts JOB.json with the status and the reports. The exit code is
0 for success alone.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import gitlab_container
import gitlab_pipeline
import gitlab_reports
from cancellation import Cancellation

KNOWN_KEYS = {"stage", "image", "rules", "variables", "script", "before_script", "after_script",
              "artifacts", "needs", "dependencies", "environment", "resource_group", "cache", "tags"}


def as_list(value):
    return [value] if isinstance(value, str) else list(value or [])


def git(project, *words):
    settings = ["-c", "user.name=runner", "-c", "user.email=runner@example.com", "-c", "safe.directory=*",
                "-c", "init.defaultBranch=main", "-c", "advice.detachedHead=false"]
    subprocess.run(["git", *settings, "-C", str(project), *words], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def get_sources(source, project, origin, variables):
    """Clone or fetch, check out, clean: with the umask of the runner's own image, which is 0."""
    project.mkdir(parents=True, exist_ok=True)
    if variables.get("GIT_STRATEGY") == "none":
        return
    old_mask = os.umask(0)
    shutil.rmtree(origin, ignore_errors=True)
    shutil.copytree(source, origin)
    git(origin, "init")
    git(origin, "add", "--all")
    git(origin, "commit", "--message", "what the job deploys")
    git(project, "init")
    git(project, "config", "remote.origin.url", gitlab_container.ORIGIN)
    git(project, "fetch", str(origin.resolve()), "HEAD")
    git(project, "checkout", "--force", "FETCH_HEAD")
    git(project, "clean", *variables.get("GIT_CLEAN_FLAGS", "-ffdx").split())
    os.umask(old_mask)


def copy_into(target, path, root):
    for found in sorted(root.glob(path)):
        to = target / found.relative_to(root)
        to.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, to, symlinks=True, dirs_exist_ok=True)
        else:
            shutil.copy2(found, to)


def jobs_to_take_from(job, pipeline):
    """Those in `dependencies`, else those in `needs`, else all that ran before."""
    if "dependencies" in job:
        return job["dependencies"]
    if "needs" in job:
        return [need if isinstance(need, str) else need["job"] for need in job["needs"]]
    return list(pipeline)


def fetch_artifacts(job, pipeline, store, project):
    for name in jobs_to_take_from(job, pipeline):
        directory = store / "artifacts" / name
        if directory.exists():
            shutil.copytree(directory, project, symlinks=True, dirs_exist_ok=True)


def handed_on(job, pipeline, store):
    """The variables of dotenv reports, which outrank those of the job itself."""
    variables = {}
    for name in jobs_to_take_from(job, pipeline):
        file = store / f"{name}.json"
        if file.exists():
            variables.update(json.loads(file.read_text())["reports"].get("dotenv") or {})
    return variables


def keep_artifacts(name, job, store, project, status):
    artifacts = job.get("artifacts") or {}
    when = artifacts.get("when", "on_success")
    target = store / "artifacts" / name
    shutil.rmtree(target, ignore_errors=True)
    if when == "always" or (when == "on_success") == (status == "success"):
        for path in artifacts.get("paths", []):
            copy_into(target, path, project)
    readers = {"dotenv": gitlab_reports.read_dotenv, "junit": gitlab_reports.read_junit}
    result = {}
    for kind, path in (artifacts.get("reports") or {}).items():
        file = project / path
        result[kind] = readers[kind](file) if file.exists() else None
    return result


def predefined(options, name, job, status):
    environment = job.get("environment") or {}
    environment = environment if isinstance(environment, str) else environment.get("name", "")
    return {"CI": "true", "GITLAB_CI": "true", "CI_PROJECT_DIR": gitlab_container.PROJECT,
            "CI_PIPELINE_ID": options.pipeline_id, "CI_JOB_ID": options.pipeline_id + "1",
            "CI_JOB_NAME": name, "CI_JOB_STATUS": status, "CI_RUNNER_ID": "7", "CI_COMMIT_SHA": "b" * 40,
            "CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main", "CI_ENVIRONMENT_NAME": environment,
            "CI_SERVER_FQDN": "gitlab.test", "CI_JOB_URL": "https://gitlab.test/group/project/-/jobs/1",
            "GITLAB_USER_LOGIN": "tanuki", "CI_PROJECT_VISIBILITY": "private"}


def run_job(options, pipeline, name):
    job = pipeline[name]
    unknown = set(job) - KNOWN_KEYS
    if unknown:
        raise gitlab_pipeline.PipelineError(f"jobs:{name} has keys that are not replayed: {sorted(unknown)}")
    store, project = Path(options.store), Path(options.project)

    def variables(status):
        own = gitlab_pipeline.variables_of(pipeline, job, predefined(options, name, job, status))
        return {**own, **handed_on(job, pipeline, store)}

    def shell(lines, status, cancellation):
        return gitlab_container.run(job["image"], project.resolve(), (store / "project.git").resolve(), lines,
                                    variables(status), dict(os.environ), cancellation)

    get_sources(options.source, project, store / "origin", variables("running"))
    git(store, "init", "--bare", "project.git")
    fetch_artifacts(job, pipeline, store, project)
    code, cancelled = shell(as_list(job.get("before_script")) + as_list(job["script"]), "running",
                            Cancellation(options.cancel_when))
    status = "canceled" if cancelled else "success" if code == 0 else "failed"
    if "after_script" in job:
        after, _ = shell(as_list(job["after_script"]), status, None)
        print(f"after_script: exit code {after}, which changes nothing", flush=True)
    reports = keep_artifacts(name, job, store, project, status)
    result = {"status": status, "exit_code": code, "reports": reports}
    (store / f"{name}.json").write_text(json.dumps(result))
    print(f"job: {status}", flush=True)
    return 0 if status == "success" else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("job")
    for name in ("source", "project", "store", "templates"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--cancel-when", metavar="FILE")
    parser.add_argument("--pipeline-id", default="100")
    parser.add_argument("--replace", action="append", default=[], metavar="OLD=NEW",
                        help="text in the file, an image as a rule")
    options = parser.parse_args()
    replacements = dict(pair.split("=", 1) for pair in options.replace)
    Path(options.store).mkdir(parents=True, exist_ok=True)
    pipeline = gitlab_pipeline.load(options.file, options.templates, replacements)
    return run_job(options, pipeline, options.job)


if __name__ == "__main__":
    sys.exit(main())
