"""Every test that the table of attack cases names exists, and every case names one or says why not."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "docs/attack-cases.md").read_text(encoding="utf-8").splitlines()
CASES = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in LINES
    if line.startswith("| ") and not line.startswith("| attack")
]
NAMED = sorted({name for case in CASES for name in re.findall(r"`([^`]+\.py[^`]*)`", case[1])})


def names_in(path):
    """The tests of a file, by the names that pytest gives them."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            inner = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            yield from (f"{node.name}::{one.name}" for one in inner)


def test_there_are_cases():
    assert len(CASES) > 50


@pytest.mark.parametrize("named", NAMED)
def test_a_named_test_exists(named):
    path, _, test = named.partition("::")

    assert test in set(names_in(ROOT / path))
    assert test.rpartition("::")[2].startswith("test_")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_case_names_a_test_or_the_feature_that_is_missing(case):
    assert len(case) == 3
    assert ".py::" in case[1] or case[2].startswith("not a feature yet: ")
