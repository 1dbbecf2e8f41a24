# SPDX-License-Identifier: Apache-2.0
"""actions/cache/restore and actions/cache/save, with a directory in place of GitHub's store."""
import subprocess
import urllib.parse
from pathlib import Path


def archive_of(job, key):
    return Path(job.cache) / (urllib.parse.quote(key, safe="") + ".tar")


def newest_with(job, prefix):
    found = [file for file in Path(job.cache).glob("*.tar")
             if urllib.parse.unquote(file.name.removesuffix(".tar")).startswith(prefix)]
    return max(found, key=lambda file: file.stat().st_mtime_ns, default=None)


def restore_cache(job, given):
    """The very key, else the newest entry that begins with one of the restore-keys."""
    archive = archive_of(job, given["key"])
    hit = archive.exists()
    if not hit:
        prefixes = [given["key"], *given.get("restore-keys", "").split()]
        archive = next(filter(None, (newest_with(job, prefix) for prefix in prefixes)), None)
    if not archive:
        job.say(f"Cache not found for input keys: {given['key']}")
        return {"cache-hit": ""}
    tar(job, "-xf", archive)
    job.say(f"Cache restored from key: {archive.name}")
    return {"cache-hit": "true" if hit else "false"}


def save_cache(job, given):
    """An entry is never replaced. What the runner's user cannot read is a warning, and no entry."""
    archive = archive_of(job, given["key"])
    if archive.exists():
        job.say(f"Failed to save: cache key {given['key']} is taken")
        return
    paths = [path for path in given["path"].split("\n") if path and (job.machine.workspace / path).exists()]
    if not paths or not tar(job, "-cf", archive, *paths):
        archive.unlink(missing_ok=True)
        job.say("##[warning]Path Validation Error: nothing is saved")
        return
    job.say(f"Cache saved with key: {given['key']}")


def tar(job, flag, archive, *paths):
    """As the runner's user, who owns the store's directory too."""
    job.machine.give(archive.parent)
    words = ["tar", "--posix", flag, str(archive), "-P", "-C", str(job.machine.workspace), *paths]
    ended = subprocess.run(job.machine.as_user(words), stderr=subprocess.PIPE, text=True, check=False)
    if ended.returncode:
        job.say(f"##[warning]tar: {ended.stderr.strip()}")
    return ended.returncode == 0
