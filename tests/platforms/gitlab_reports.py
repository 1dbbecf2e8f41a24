# SPDX-License-Identifier: Apache-2.0
"""The reports that GitLab takes in, as strictly as it does. What it refuses is a ReportError."""
import re
import xml.etree.ElementTree as ElementTree

DOTENV_BYTES = 5 * 1024
DOTENV_VARIABLES = 20  # the default of an instance of one's own, the smallest there is


class ReportError(ValueError):
    """The upload would end with an error 400."""


def read_dotenv(file):
    data = file.read_bytes()
    if len(data) > DOTENV_BYTES:
        raise ReportError(f"dotenv: {len(data)} bytes, more than {DOTENV_BYTES}")
    values = {}
    for line in data.decode("utf-8").removesuffix("\n").split("\n"):
        found = re.fullmatch(r"([A-Za-z0-9_]+)=([^\s'\"\\$]*)", line)
        if not found:
            raise ReportError(f"dotenv: invalid line {line!r}")
        values[found[1]] = found[2]
    if len(values) > DOTENV_VARIABLES:
        raise ReportError(f"dotenv: {len(values)} variables, more than {DOTENV_VARIABLES}")
    return values


def read_junit(file):
    """How many test cases it has, and the names of those that failed."""
    try:
        root = ElementTree.parse(file).getroot()
    except ElementTree.ParseError as error:
        raise ReportError(f"junit: {error}") from error
    if root.tag not in ("testsuites", "testsuite"):
        raise ReportError(f"junit: unknown root {root.tag}")
    cases = list(root.iter("testcase"))
    failed = [case.get("name") for case in cases
              if case.find("failure") is not None or case.find("error") is not None]
    return {"cases": len(cases), "failed": failed}
