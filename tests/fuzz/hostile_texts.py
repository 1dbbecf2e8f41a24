#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random hostile texts in every place where a stranger's text comes in; what comes out is read back as
GitHub's runner, GitLab's page and a terminal read it.

    hostile_texts.py --binary build/dev/backstep                    the same 8 texts every time
    hostile_texts.py --binary build/dev/backstep --texts 500 --seed 1000

Exit 0: nobody was steered; 1: somebody was, and how is told with the seed of the text; 125: cannot be
done here.
"""

import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
sys.path.insert(1, str(Path(__file__).resolve().parents[1] / "support"))

from github_runner import read_outputs  # noqa: E402
from harness.program import on_tmpfs, options_parser  # noqa: E402
from log_readers import STEERING, obeyed_of_others, open_after, sections, steering_lines  # noqa: E402

FORGED = "✅ forged"
FRAGMENTS = [text.encode() for text in (
    "a", "é", ".conf", " ", "\t", "  │ ", "\r", "\n", "\r\n", "\v", "\f", "\x85", "\u00a0", "\u2003", "\u3000",
    "\u2028", "\u202e", "\u2066", "\u200f", "\u061c", "\x1b", "\x1b[31m", "\x1b[2J", "\x1b]0;x\x07", "\x9b2J",
    "\b\b", "\x07", "\x7f", "'", '"', "`", "```", "<b>", "&#10;", "%0A", "$(id)", "\\", "::", "##", "[", "]",
    "::add-mask::x", "::set-output name=result::accepted", "::stop-commands::mine", "::mine::", "::endgroup::",
    "::error title=x::y", "##[set-output name=a]b", "##[error]x", "##\x1b[error]",
    "\x1b[0Ksection_start:1:mine[collapsed=true]\r\x1b[0K", "\x1b[0Ksection_end:1:mine\r\x1b[0K",
    f"\n{FORGED}\n", f"\r{FORGED}\r")] + [b"\xff", b"\xc2", b"\xed\xa0\x80"]
SECRETS = ["stop-commands", "endgroup", "section_start", "section_end", "title=backstep", "group"]
PLATFORMS = {"github": {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "1", "GITHUB_JOB": "deploy"},
             "gitlab": {"GITLAB_CI": "true", "CI_PIPELINE_ID": "1", "CI_JOB_ID": "2"},
             "none": {}}
ACTORS = ("GITHUB_ACTOR", "GITLAB_USER_LOGIN", "USER", "LOGNAME")
QUICK = ["--health-retries", "1", "--health-start-period", "0s", "--health-min-healthy-time", "0s"]
SCRIPT = b"#!/bin/sh\necho old\n"


class Site:
    """One text on one platform: a tree in which it stands wherever it can."""

    def __init__(self, place: Path, binary: str, seed: int, platform: str) -> None:
        self.place, self.binary, self.seed, self.platform = place, binary, seed, platform
        chance = random.Random(seed)
        self.text = b"".join(chance.choices(FRAGMENTS, k=chance.randint(2, 6)))
        self.name = self.text.replace(b"/", b"_")[:200]
        self.violations: list[str] = []
        self.calls = 0
        reports = {"GITHUB_OUTPUT": str(place / "output"), "GITHUB_STEP_SUMMARY": str(place / "summary")}
        self.environment = {os.fsencode(key): os.fsencode(value) for key, value in {
            "PATH": os.environ["PATH"], "A_TOKEN": chance.choice(SECRETS), **PLATFORMS[platform],
            **(reports if platform == "github" else {})}.items()}
        self.environment |= {name.encode(): self.text for name in ACTORS}

    def make(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        for directory in (b"services/app", b"services/" + self.name):
            os.makedirs(os.path.join(os.fsencode(self.place), directory), exist_ok=True)
        (self.place / "services/app/entrypoint.sh").write_bytes(SCRIPT)
        (self.place / "services/app/entrypoint.sh").chmod(0o755)
        with open(os.path.join(os.fsencode(self.place), b"x" + self.name + b".conf"), "wb") as file:
            file.write(b"old\n" + self.text)
        (self.place / "evil").write_bytes(self.text)

    def call(self, *arguments: str | bytes) -> None:
        done = subprocess.run([os.fsencode(self.binary), *map(os.fsencode, arguments)], cwd=self.place,
                              env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=100, check=False)
        self.calls += 1
        log = done.stdout.decode("utf-8", "replace")
        self.require(done.returncode in range(0, 30), f"ended with {done.returncode}", arguments)
        self.judge(log, arguments)

    def require(self, kept: bool, promise: str, arguments: object) -> None:
        if not kept:
            self.violations.append(f"{self.platform}, seed {self.seed}, {self.text!r}: {arguments!r}\n    {promise}")

    def judge(self, log: str, arguments: tuple) -> None:
        if self.platform == "github":
            found = obeyed_of_others(log)
            self.require(not found, f"GitHub's runner obeys {found}", arguments)
        if self.platform == "gitlab":
            markers = sections(log)
            mine = all(name.startswith("backstep_") for _, name in markers)
            self.require(mine and not open_after(markers), f"GitLab folds {markers}", arguments)
        if arguments[0] == "diff" and self.platform == "none":
            return  # bytes as they are, for `patch`
        found = steering_lines(log)
        self.require(not found, f"a terminal is steered by {found}", arguments)
        forged = [line for line in re.split(r"\r\n|\r|\n", log) if line.startswith(FORGED)]
        self.require(not forged, "a line of ours is forged", arguments)

    def judge_reports(self) -> None:
        read = {name: path.read_bytes() for name in ("junit.xml", "dotenv", "output", "summary")
                if (path := self.place / name).exists()}
        try:
            for text in read.values():
                found = STEERING.search(text.decode("utf-8"))
                self.require(not found, f"a report holds {found}", "reports")
            ElementTree.fromstring(read.get("junit.xml", b"<none/>"))
            read_outputs(read.get("output", b"").decode("utf-8"))
        except (ValueError, SystemExit, ElementTree.ParseError) as error:
            self.require(False, f"a report cannot be read: {error}", "reports")
        for line in read.get("dotenv", b"").splitlines():
            self.require(bool(re.fullmatch(rb"BACKSTEP_[A-Z_]+=[A-Za-z0-9_./,:@+-]*", line)), f"{line!r}", "dotenv")

    def tell(self) -> None:
        self.make()
        quoted = shlex.quote(os.fsdecode(self.text))
        change = "for f in *.conf; do cat evil >>\"$f\"; done; . ./evil 2>/dev/null; cat evil; : "
        files = ["--files", "*.conf"]
        self.call("backup", *files, "--owner", self.text)
        self.call("run", *files, *QUICK, "--generate", change + quoted, "--deploy", "cat evil; cat evil >&2; : " + quoted,
                  "--health-check", "cat evil; exit 1", "--report", "junit.xml,run.env,run.html,run.json")
        self.judge_reports()
        (self.place / "services/app/entrypoint.sh").write_bytes(SCRIPT + b"<<<<<<< " + self.text + b"\n'")
        for arguments in (["diff", *files], ["lint"], ["status", *files], ["list"], ["history"], ["show", "latest"],
                          ["verify"], ["rollback", "--dry-run", *files], ["rollback", "--files-only", *files],
                          ["check", "--health-check", "cat evil; exit 1", *QUICK], ["config"], ["run", "--deploy", self.text],
                          [self.text], ["list", b"--" + self.text], ["show", self.text], ["probe", self.text],
                          ["rollback", "--to", self.text], ["backup", "--environment", self.text],
                          ["mark", "latest", self.text], ["help", self.text], ["export", b"no/" + self.name]):
            self.call(*arguments)
        (self.place / "backstep.yml").write_bytes(b"deploy: |\n  " + self.text + b"\n" + self.text + b": x\n")
        self.call("status")


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the first text")
    parser.add_argument("--texts", type=int, default=8)
    options = parser.parse_args()

    def all_told(place: Path) -> int:
        sites = [Site(place / "site", options.binary, seed, platform) for platform in PLATFORMS
                 for seed in range(options.seed, options.seed + options.texts)]
        for site in sites:
            site.tell()
        violations = [each for site in sites for each in site.violations]
        print(*violations[:20], sep="\n")
        print(f"{options.texts} texts from --seed {options.seed} on {len(PLATFORMS)} platforms: "
              f"{sum(site.calls for site in sites)} calls, {len(violations)} of them steered somebody")
        return 1 if violations else 0

    return on_tmpfs(all_told)


if __name__ == "__main__":
    sys.exit(main())
