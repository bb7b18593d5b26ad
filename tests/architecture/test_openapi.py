"""The API's document says what the code does, and says all of it."""

import os
import re
import subprocess
from pathlib import Path

import orjson
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from alicerce.surfaces.api.document import document, text

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs" / "openapi" / "openapi.json"
RULES = ROOT / "docs" / "openapi"
METHODS = {"get", "post", "patch", "put", "delete"}


@pytest.fixture(scope="module")
def drawn():
    return orjson.loads(orjson.dumps(document()))


def operations(drawn):
    return [
        (f"{method.upper()} {path}", node)
        for path, item in drawn["paths"].items()
        for method, node in item.items()
        if method in METHODS
    ]


def test_is_frozen_in_the_repository():
    assert FILE.read_bytes() == text(), "run `python -m tools.openapi`"


def test_is_openapi(drawn):
    validate(drawn)


def test_has_no_word_of_older_versions():
    assert b'"nullable"' not in FILE.read_bytes()


def test_uses_every_schema_it_has(drawn):
    unused = [
        name
        for name in drawn["components"]["schemas"]
        if f"#/components/schemas/{name}".encode() not in FILE.read_bytes()
    ]

    assert unused == []


def test_says_everything_of_every_operation(drawn):
    incomplete = [
        name
        for name, node in operations(drawn)
        if not (
            re.fullmatch(r"[a-z][A-Za-z]+", node["operationId"])
            and node["summary"]
            and node["description"]
            and len(node["tags"]) == 1
            and node["security"] == expected_security(node)
            and any(status.startswith("2") for status in node["responses"])
            and {"401", "403", "422", "429", "500"} <= node["responses"].keys()
            and all(p.get("description") for p in node["parameters"])
        )
    ]

    assert incomplete == []


def expected_security(node):
    """By key or by app; what would outlive an app's removal, rehearses, or gives and ends access, by key alone."""
    scope = re.search(r"Pede a permissão `([\w:]+)`", node["description"])
    by_key_alone = {
        "keys:read",
        "keys:write",
        "webhooks:write",
        "sandbox:operate",
        "members:write",
    }
    if scope and scope[1] in by_key_alone:
        return [{"bearerAuth": []}]
    return [{"bearerAuth": []}, {"oauth2": [scope[1]] if scope else []}]


def test_names_every_operation_once(drawn):
    names = [node["operationId"] for _, node in operations(drawn)]

    assert len(set(names)) == len(names) > 20


def test_shows_examples_that_are_true(drawn):
    """Each of them is what its own schema allows."""
    wrong = []
    for name, node in operations(drawn):
        contents = [("request", node.get("requestBody")), *node["responses"].items()]
        for what, said in contents:
            for media in (said or {}).get("content", {}).values():
                schema = {**media["schema"], "components": drawn["components"]}
                errors = list(Draft202012Validator(schema).iter_errors(media["example"]))
                wrong += [f"{name} {what}: {error.message}" for error in errors]

    assert wrong == []


@pytest.mark.parametrize(
    ("variable", "command"),
    [
        ("ALICERCE_SPECTRAL", ["lint", "--fail-severity=warn", "--ruleset", "spectral.yaml"]),
        ("ALICERCE_REDOCLY", ["lint", "--config", "redocly.yaml"]),
    ],
)
def test_pleases_the_linters(variable, command):
    program = os.environ.get(variable)
    if not program:
        pytest.skip(f"{variable} names no program")

    run = subprocess.run(
        [program, *command, str(FILE)],
        check=False,
        cwd=RULES,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "warning" not in run.stdout.lower()
