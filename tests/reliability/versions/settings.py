# SPDX-License-Identifier: Apache-2.0
"""What a settings file says, and which paths are tracked by it: written from the design's words.

The menus hold what the contract decides without doubt; a pattern whose meaning it leaves open would
only test an opinion.
"""

import json
import re
from dataclasses import dataclass

SERVICES = (("services",), ("services",), ("apps",), ("services", "apps"), ("teams/*",),
            ("services", "teams/*"))
ENTRYPOINTS = ("entrypoint.sh", "entrypoint.sh", "start.sh", "bin/run.sh")
FILES = ((), ("compose.yml",), ("conf/*.conf",), ("compose.yml", "conf/*.conf"), ("*.yml",),
         ("**/*.yml",), ("conf/a.conf",), ("../shared.conf",))
EXCLUDES = ((), ("conf/b.conf",), ("conf/a.conf",), ("services/beta/**",), ("extra.yml",))
# What is said of the environment, and how.
ENVIRONMENTS = (("", ""), ("staging", "file"), ("production", "file"), ("staging", "flag"),
                ("production", "name"))
STORES = ("backups", "stash")  # the second is where `backups_dir` may be moved to
REFUSED = "refused"  # several environments, and none is said

NEVER = re.compile(r"(^|/)(backstep\.yml|production\.yml|\.gitlab-ci\.yml|\.git|\.github)(/|$)")


def matches(pattern: str, path: str) -> bool:
    """`*` stays within a name, `**/` is any number of directories, `/**` all below."""
    text = ""
    for part in re.split(r"(\*\*/|/\*\*|\*)", pattern):
        text += {"**/": "(.*/)?", "/**": "/.*", "*": "[^/]*"}.get(part, re.escape(part))
    return re.fullmatch(text, path) is not None


@dataclass(frozen=True)
class Settings:
    services: tuple[str, ...] = ("services",)
    entrypoint: str = "entrypoint.sh"
    files: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    store: str = "backups"
    project: str = ""
    environment: str = ""
    said_by: str = ""  # file, flag, or name: that of the settings file

    @property
    def file(self) -> str:
        return "production.yml" if self.said_by == "name" else "backstep.yml"

    @property
    def contradicts_itself(self) -> bool:
        """A literal that is excluded: exit 2."""
        return any(matches(each, path) for path in self.files if "*" not in path
                   for each in self.exclude)

    def tracks(self, path: str) -> bool:
        if NEVER.search(path) or any(matches(each, path) for each in self.exclude):
            return False
        wanted = [f"{each}/*/{self.entrypoint}" for each in self.services] + list(self.files)
        return any(matches(each, path) for each in wanted)

    def scripts(self, path: str) -> bool:
        return any(matches(f"{each}/*/{self.entrypoint}", path) for each in self.services)

    def text(self) -> str:
        said: dict[str, object] = {
            "services_dir": self.services[0] if len(self.services) == 1 else list(self.services),
            "entrypoint_file": self.entrypoint, "files": list(self.files),
            "backups_dir": self.store}
        if self.exclude:
            said["exclude"] = list(self.exclude)
        if self.project:
            said["project"] = self.project
        if self.said_by == "file":
            said["environment"] = self.environment
        said |= {"lint": False, "check_baseline": False, "lock_wait": "5s",
                 "health_check": {"interval": "10ms", "retries": 1, "start_period": "0s",
                                  "min_healthy_time": "0s"}}
        return "".join(f"{name}: {json.dumps(value)}\n" for name, value in said.items())
