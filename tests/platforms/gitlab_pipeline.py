# SPDX-License-Identifier: Apache-2.0
"""A .gitlab-ci.yml as GitLab reads it: components with their inputs, variables, default keys."""
import json
import re
from pathlib import Path

import yaml

TYPES = {"string": str, "boolean": bool, "number": (int, float), "array": list}
NOT_JOBS = {"include", "stages", "variables", "default", "workflow"}


class PipelineError(ValueError):
    """What GitLab would refuse to make a pipeline of."""


def checked(name, row, value):
    row = row or {}
    kind = row.get("type", "string")
    if not isinstance(value, TYPES[kind]) or (kind == "number" and isinstance(value, bool)):
        raise PipelineError(f"`{name}` input: provided value is not a {kind}")
    if "options" in row and value not in row["options"]:
        raise PipelineError(f"`{name}` input: `{value}` is not in the list of allowed options")
    # RE2: a dot is no line end, and $ is the end of the text alone.
    if "regex" in row and not re.search(row["regex"].replace("$", r"\Z"), value):
        raise PipelineError(f"`{name}` input: provided value does not match required RegEx pattern")
    return value


def values_of(spec, given):
    inputs = (spec or {}).get("spec", {}).get("inputs", {})
    unknown = set(given) - set(inputs)
    if unknown:
        raise PipelineError(f"unknown input arguments: {sorted(unknown)}")
    missing = [name for name, row in inputs.items() if name not in given and "default" not in (row or {})]
    if missing:
        raise PipelineError(f"required value has not been provided: {missing}")
    return {name: checked(name, row, given.get(name, (row or {}).get("default")))
            for name, row in inputs.items()}


def pasted(text, values):
    """Inputs are text, put into the file before YAML reads it."""
    def value(found):
        if found[1] not in values:
            raise PipelineError(f"unknown interpolation key: `{found[1]}`")
        given = values[found[1]]
        return given if isinstance(given, str) else json.dumps(given)
    return re.sub(r"\$\[\[\s*inputs\.(\w+)\s*\]\]", value, text)


def load_component(file, given):
    header, _, body = file.read_text().partition("\n---\n")
    return yaml.safe_load(pasted(body, values_of(yaml.safe_load(header), given)))


def merged(low, high):
    """GitLab's deep merge: mappings are joined, anything else is replaced."""
    if not (isinstance(low, dict) and isinstance(high, dict)):
        return high
    return {**low, **{key: merged(low.get(key), value) for key, value in high.items()}}


def load(file, templates, replacements):
    """`replacements` puts the images of a test in the place of an example's."""
    text = Path(file).read_text()
    for old, new in replacements.items():
        text = text.replace(old, new)
    pipeline = yaml.safe_load(text)
    included = {}
    for entry in pipeline.get("include", []):
        name = entry["component"].rpartition("@")[0].rpartition("/")[2]
        component = load_component(Path(templates) / f"{name}.yml", entry.get("inputs", {}))
        included = merged(included, component)
    pipeline = merged(included, pipeline)
    stages = {".pre", ".post", *pipeline.get("stages", ["build", "test", "deploy"])}
    for name, job in pipeline.items():
        if name in NOT_JOBS:
            continue
        if "script" not in job:
            raise PipelineError(f"jobs:{name} config should implement the script keyword")
        if job.get("stage", "test") not in stages:
            raise PipelineError(f"{name} job: chosen stage {job['stage']} does not exist")
    return pipeline


def expanded(name, known, raw, within=()):
    """$NAME and ${NAME} in the value, as deep as they go, but not in a raw one; unknown is empty."""
    if name in raw or name in within:
        return raw.get(name, "")
    return re.sub(r"\$(\w+)|\$\{(\w+)\}",
                  lambda found: expanded(found[1] or found[2], known, raw, (*within, name)),
                  known.get(name, ""))


def variables_of(pipeline, job, predefined):
    """Predefined ones, the file's, the job's. With `expand: false` a value stays as it is."""
    rows = {**(pipeline.get("variables") or {}), **(job.get("variables") or {})}
    known = dict(predefined)
    raw = {}
    for name, row in rows.items():
        row = row if isinstance(row, dict) else {"value": row}
        if set(row) - {"value", "expand", "description"}:
            raise PipelineError(f"variables:{name} has unknown keys")
        target = known if row.get("expand", True) else raw
        target[name] = "" if row["value"] is None else str(row["value"])
    return {**{name: expanded(name, known, raw) for name in known}, **raw}
