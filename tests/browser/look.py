#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens pages in headless Chromium and says what is wrong with them.

    look.py AXE PAGE…     AXE is axe's script; exit 1: something was found

As it is, a page must say nothing on the console: also what its own policy kept from running or loading. A copy without
that policy, and with axe in it, must want nothing from anywhere, in light and in dark, and fit a phone of 360 pixels.
"""
import html
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

AXE, *PAGES = map(Path, sys.argv[1:])
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
PHONE = 360
# As root it starts only without its sandbox. The pages are ours, and no name leads anywhere.
BROWSER = ["chromium", "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-extensions",
           "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--window-size=1000,800",
           *(["--no-sandbox"] if os.getuid() == 0 else [])]

# What the copy does: a frame as wide as a phone, with the page alone in it, and axe over the page.
PROBE = """
for (const fold of document.querySelectorAll('details')) fold.open = true;
const requests = performance.getEntriesByType('resource').map(entry => entry.name);
const overflow = width => new Promise(resolve => {
  const frame = document.createElement('iframe');
  frame.style.cssText = `width:${width}px;border:0`;
  frame.srcdoc = document.documentElement.outerHTML.replace(/<script[^]*?<\\/script>/g, '');
  frame.onload = () => { const wide = frame.contentDocument.documentElement.scrollWidth; frame.remove(); resolve(wide - width); };
  document.body.append(frame);
});
const found = run => run.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.html}`));
(async () => {
  const wide = await overflow(PHONE);
  const run = await axe.run(document, {resultTypes: ['violations', 'incomplete']});
  const told = document.createElement('pre');
  told.id = 'told';
  told.textContent = JSON.stringify({dark: matchMedia('(prefers-color-scheme: dark)').matches, requests, wide,
    violations: found(run.violations), undecided: found(run.incomplete), passes: run.passes.map(rule => rule.id)});
  document.body.append(told);
})();
"""


def browse(page: Path, dark: bool) -> tuple[str, list[str]]:
    """What the page became, and what it said on the console."""
    with tempfile.TemporaryDirectory() as profile:
        run = subprocess.run([*BROWSER, f"--user-data-dir={profile}", f"--blink-settings=preferredColorScheme={0 if dark else 1}",
                              "--virtual-time-budget=20000", "--dump-dom", page.resolve().as_uri()],
                             capture_output=True, text=True, errors="replace", timeout=200)
    if run.returncode != 0 or "<body" not in run.stdout:
        sys.exit(f"chromium did not show {page}: exit code {run.returncode}: {run.stderr[-1000:]}")
    return run.stdout, [line for line in run.stderr.splitlines() if ":CONSOLE" in line]


def probe(page: Path, dark: bool) -> list[str]:
    text = page.read_text(encoding="utf-8")
    open_text, count = POLICY.subn("", text)
    script = "<script>" + AXE.read_text(encoding="utf-8").replace("</script", "<\\/script") + "</script>"
    script += "<script>" + PROBE.replace("PHONE", str(PHONE)) + "</script>"
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / "copy.html"
        copy.write_text(open_text.replace("</body>", script + "</body>"), encoding="utf-8")
        dom, said = browse(copy, dark)
    told = re.search(r'<pre id="told">(.*?)</pre>', dom, re.DOTALL)
    if not told:
        sys.exit(f"{page}: the probe did not come to its end: {said}")
    answer = json.loads(html.unescape(told[1]))
    if answer["dark"] != dark or "color-contrast" not in answer["passes"] + [row.split(":")[0] for row in answer["violations"]]:
        sys.exit(f"{page}: the browser did not look at the colours that were wanted")
    wrong = [] if count == 1 else ["it has no policy of its own"]
    wrong += [f"wants {name}" for name in answer["requests"]]
    wrong += [f"is {answer['wide']} px too wide for a phone"] if answer["wide"] > 0 else []
    return wrong + answer["violations"] + [f"undecided: {row}" for row in answer["undecided"]]


def look(page: Path) -> list[str]:
    wrong = [f"console: {line}" for line in browse(page, dark=False)[1]]
    for dark in (False, True):
        wrong += [f"{'dark' if dark else 'light'}: {row}" for row in probe(page, dark)]
    return wrong


found = [f"{page.name}: {row}" for page in PAGES for row in look(page)]
print("\n".join(found) or f"{len(PAGES)} pages, nothing found")
sys.exit(1 if found else 0)
