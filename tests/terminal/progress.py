#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is shown of work that takes long, as a person sees it on a terminal and as a log keeps it.

    progress.py CASE --binary build/dev/backstep --slow-files build/dev/tests/terminal/slow_files

Exit 0: as it should be; 1: not so, with the output; 125: cannot be done here.
"""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from harness.files import entrypoint, script, write_files  # noqa: E402
from harness.program import SKIPPED, existing, options_parser  # noqa: E402
from harness.running import AT_ONCE  # noqa: E402

COLUMNS = 80
FILES = 24
QUICK_VERBS = [["backup"], ["verify"], ["export", "x.tar"], ["rollback", "--files-only"]]
PLAIN = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm"} | AT_ONCE


@dataclass
class Shown:
    status: int
    text: str  # of the terminal, or of stderr
    stdout: str = ""


@dataclass
class Stage:
    root: Path
    binary: str
    slow_files: str
    milliseconds: int = 25  # for each file that is opened
    columns: int = COLUMNS
    extra: dict[str, str] = field(default_factory=dict)

    def tree(self, files: int = FILES) -> None:
        write_files(self.root, {entrypoint(f"service{number:04}"): script(f"old {number}")
                                for number in range(files)})

    def change(self) -> None:
        for path in self.root.glob(entrypoint("*")):
            path.write_bytes(script("new").content)

    @property
    def environment(self) -> dict[str, str]:
        return PLAIN | {"HOME": str(self.root)} | self.extra

    def command(self, arguments: list[str]) -> list[str]:
        slowly = [self.slow_files, str(self.milliseconds)] if self.milliseconds > 0 else []
        return [*slowly, self.binary, *arguments]

    def on_terminal(self, *arguments: str, until: str = "", then: str = "") -> Shown:
        """Once `until` is shown, the file `then` is there, for which a command waits."""
        master, slave = pty.openpty()
        size = struct.pack("HHHH", 24, self.columns, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        with subprocess.Popen(self.command(list(arguments)), cwd=self.root, stdin=subprocess.DEVNULL,
                              stdout=slave, stderr=slave, env=self.environment) as running:
            os.close(slave)
            text = b""
            while True:
                try:
                    piece = os.read(master, 65536)
                except OSError:  # the last writer is gone
                    break
                if not piece:
                    break
                text += piece
                if until and re.search(until, text.decode(errors="replace")):
                    (self.root / then).touch()
        os.close(master)
        return checked(Shown(running.returncode, text.decode()))

    def in_log(self, *arguments: str) -> Shown:
        ended = subprocess.run(self.command(list(arguments)), cwd=self.root, check=False,
                               stdin=subprocess.DEVNULL, capture_output=True, text=True,
                               env=self.environment)
        return checked(Shown(ended.returncode, ended.stderr, ended.stdout))

    def quickly(self, *arguments: str) -> None:
        subprocess.run([self.binary, *arguments], cwd=self.root, env=self.environment, check=True,
                       stdin=subprocess.DEVNULL, capture_output=True)


def checked(shown: Shown) -> Shown:
    if shown.status == SKIPPED:
        print(shown.text)
        sys.exit(SKIPPED)
    return shown


def require(true: bool, what: str, shown: Shown) -> None:
    if true:
        return
    sys.exit(f"{what}\nexit {shown.status}\nstdout: {shown.stdout!r}\nshown: {shown.text!r}")


def screen_of(text: str) -> list[str]:
    """The lines as they stand at the end on a terminal that is wide enough, without their colours."""
    lines = []
    for line in re.sub(r"\x1b\[[0-9;]*m", "", text).replace("\r\n", "\n").split("\n"):
        cells: list[str] = []
        at = 0
        for character in line:
            if character == "\r":
                at = 0
                continue
            cells[at:at + 1] = [character]
            at += 1
        lines.append("".join(cells).rstrip())
    return lines


def drawn(text: str) -> list[str]:
    """What was drawn in place: between two CRs, blank ones left out."""
    return [piece for piece in re.findall(r"\r([^\r\n]+)(?=\r(?!\n))", text) if piece.strip()]


def a_terminal_shows_one_line_that_goes_away(stage: Stage) -> None:
    stage.tree()
    stage.extra = {"NO_COLOR": "1"}
    shown = stage.on_terminal("backup")
    lines = drawn(shown.text)
    require(shown.status == 0, "the backup failed", shown)
    require(len(lines) >= 2, "nothing is redrawn", shown)
    pattern = re.compile(rf"^  backing up \d+ of {FILES} files, "
                         r"(\d+ %|waiting for the disk), [\d.]+ (bytes|kB), \d+\.\d s *$")
    require(all(pattern.match(line) for line in lines), "another line is drawn", shown)
    counts = [int(re.search(r"up (\d+)", line).group(1)) for line in lines]
    require(counts == sorted(set(counts)), "it does not only grow", shown)
    screen = [line for line in screen_of(shown.text) if line]
    require(len(screen) == 1 and screen[0].startswith("✅ Backup created"), "it stays", shown)
    require("\x1b" not in shown.text, "an escape sequence", shown)


def a_narrow_terminal_is_not_overrun(stage: Stage) -> None:
    stage.tree()
    stage.columns = 31
    shown = stage.on_terminal("backup")
    lines = drawn(shown.text)
    require(bool(lines), "nothing is redrawn", shown)
    require(all(len(line) < stage.columns for line in lines), "a line is too wide", shown)


def a_terminal_that_can_only_append_gets_lines(stage: Stage) -> None:
    stage.tree()
    stage.milliseconds = 90
    stage.extra = {"TERM": "dumb"}
    shown = stage.on_terminal("backup")
    text = shown.text.replace("\r\n", "\n")
    require("\r" not in text, "something is redrawn", shown)
    require(re.search(rf"^  backing up \d+ of {FILES} files, ", text, re.M) is not None,
            "no line tells of it", shown)


def a_log_gets_plain_lines(stage: Stage) -> None:
    stage.tree()
    stage.milliseconds = 90
    shown = stage.in_log("backup")
    require("\r" not in shown.text, "something is redrawn", shown)
    lines = shown.text.splitlines()
    require(0 < len(lines) < 3, "not a line now and then", shown)
    pattern = (rf"^  backing up \d+ of {FILES} files, (\d+ %|waiting for the disk), "
               r"[\d.]+ (bytes|kB), \d+(\.\d)? s$")
    require(all(re.match(pattern, line) for line in lines), "another line", shown)
    require("backing up" not in shown.stdout, "it is on stdout", shown)


def a_ci_log_is_not_redrawn_though_it_is_a_terminal(stage: Stage) -> None:
    stage.tree()
    for variables in ({"CI": "true"}, {"GITHUB_ACTIONS": "true"}):
        stage.extra = variables
        shown = stage.on_terminal("backup")
        require(not drawn(shown.text), f"redrawn with {variables}", shown)


def json_on_stdout_stays_alone(stage: Stage) -> None:
    stage.tree()
    stage.quickly("backup")
    stage.milliseconds = 160
    shown = stage.in_log("verify", "--json")
    require(json.loads(shown.stdout)["backstep"] == "verify", "stdout is no answer", shown)
    require(re.match(rf"^  verifying \d+ of {FILES} files, ", shown.text) is not None,
            "stderr tells nothing", shown)


def what_is_soon_done_says_nothing(stage: Stage) -> None:
    stage.tree(5)
    stage.milliseconds = 0
    judged = 0
    for arguments in QUICK_VERBS * 5:
        if arguments[0] == "rollback":
            stage.change()
        begun = time.monotonic()
        shown = stage.on_terminal(*arguments)
        if time.monotonic() - begun >= 1.0:  # a busy machine: not soon enough
            continue
        judged += 1
        require("\r" not in shown.text.replace("\r\n", "\n"), f"{arguments} is redrawn", shown)
        require(re.search(r"^  [a-z ]+ \d+ of ", shown.text, re.M) is None,
                f"{arguments} tells of progress", shown)
    require(judged > 0, "nothing was soon done here", shown)


def output_of_commands_stands_in_lines_of_its_own(stage: Stage) -> None:
    stage.tree()
    stage.extra = {"NO_COLOR": "1"}
    stage.change()
    (stage.root / "generate.sh").write_text(
        "for f in services/*/entrypoint.sh; do echo 'echo v2' >>$f; done\nprintf 'no end of line'\n")
    shown = stage.on_terminal("run", "--generate", "sh generate.sh", "--deploy", "echo deployed; exit 3",
                              "--rollback-command", "echo back", "--health-check", "true",
                              "--check-baseline", "false")
    require(shown.status == 20, "not rolled back", shown)
    require(len(drawn(shown.text)) > 3, "nothing is redrawn", shown)
    screen = screen_of(shown.text)
    for wanted in ("  │ no end of line", "  │ deployed", "  │ back", "▶ deploy: echo deployed; exit 3",
                   "; live now: the old version, healthy again"):
        require(any(line.endswith(wanted) for line in screen), f"'{wanted}' has no line of its own", shown)
    require(not any(re.match(r"  (backing up|reading|staging|restoring) ", line)
                    for line in screen), "a drawn line stays", shown)


WAITS_FOR_GO = "echo at work; until [ -e go ]; do read -r -t 1 <> fifo || :; done"


def a_terminal_shows_how_long_a_command_runs(stage: Stage) -> None:
    stage.tree(1)
    stage.milliseconds = 0
    os.mkfifo(stage.root / "fifo")
    shown = stage.on_terminal("run", "--shell", "bash", "--deploy", WAITS_FOR_GO,
                              until=r"\r  deploy 0:0[3-9] of 30:00", then="go")
    require(shown.status == 0, "the deploy failed", shown)
    lines = [line.strip() for line in drawn(shown.text)]
    require(len(lines) >= 3 and all(re.fullmatch(r"deploy \d+:\d\d of 30:00", line) for line in lines),
            "not a line each second", shown)
    require(not any("of 30:00" in line for line in screen_of(shown.text)), "it stays", shown)


def a_terminal_shows_what_a_check_waits_for(stage: Stage) -> None:
    stage.tree(1)
    stage.milliseconds = 0
    stage.extra = {"BACKSTEP_HEALTH_INTERVAL": "5s", "BACKSTEP_HEALTH_START_PERIOD": "0s",
                   "BACKSTEP_HEALTH_MIN_HEALTHY_TIME": "0s", "BACKSTEP_HEALTH_RETRIES": "9"}
    shown = stage.on_terminal("check", "--health-check", "[ -e go ]",
                              until=r"\r  attempt 2 in \d s, gives up in 0:[34]\d", then="go")
    require(shown.status == 0, "the check failed", shown)
    require(not any("gives up" in line for line in screen_of(shown.text)), "it stays", shown)
    require("  attempt 2: passed" in shown.text, "the attempt is not told", shown)


def a_log_tells_of_a_silent_command_now_and_then(stage: Stage) -> None:
    stage.tree(1)
    stage.milliseconds = 0
    os.mkfifo(stage.root / "fifo")
    with subprocess.Popen(stage.command(["run", "--shell", "bash", "--deploy", WAITS_FOR_GO]),
                          cwd=stage.root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, env=stage.environment) as running:
        line = running.stderr.readline()
        (stage.root / "go").touch()
        shown = Shown(0, line + running.stderr.read())
        shown.status = running.wait()
    require(re.match(r"^  deploy 0:[1-5]\d of 30:00\n", shown.text) is not None, "another line", shown)
    require(shown.text.count("\n") == 1 and "\r" not in shown.text, "not now and then", shown)


def each_verb_that_may_take_long_shows_it(stage: Stage) -> None:
    stage.tree()
    stage.quickly("backup")
    stage.change()
    for milliseconds, arguments, doing in (
            (70, ["verify"], "verifying"), (70, ["export", "x.tar"], "exporting"),
            (40, ["rollback", "--files-only"], "staging"), (40, ["import", "x.tar"], "importing")):
        if arguments[0] == "import":
            subprocess.run(["rm", "-rf", "backups"], cwd=stage.root, check=True)
        stage.milliseconds = milliseconds
        shown = stage.on_terminal(*arguments)
        require(shown.status == 0, f"{arguments} failed", shown)
        require(any(line.strip().startswith(doing) for line in drawn(shown.text)),
                f"{arguments} does not show '{doing}'", shown)
        require(not any(re.search(r"\d s$", line) for line in screen_of(shown.text)),
                "it stays", shown)


def main() -> None:
    parser = options_parser(__doc__)
    parser.add_argument("case")
    parser.add_argument("--slow-files", type=existing, required=True)
    options = parser.parse_args()
    case: Callable[[Stage], None] = globals()[options.case]
    with tempfile.TemporaryDirectory(prefix="backstep-progress-") as directory:
        case(Stage(Path(directory), options.binary, options.slow_files))


if __name__ == "__main__":
    main()
