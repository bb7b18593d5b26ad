"""Every test that stands for a case exists."""

import ast
from pathlib import Path

import pytest

from alicerce.project.billing_cases.proofs import (
    NOT_YET,
    NOT_YET_KEYS,
    POLICIES,
    PROVED,
    PROVED_ANYWHERE,
    PROVED_KEYS,
)

ROOT = Path(__file__).resolve().parents[5]
TABLES = (PROVED, PROVED_ANYWHERE, PROVED_KEYS)
NAMED = sorted({test for table in TABLES for tests in table.values() for test in tests})


def names_in(path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}::{one.name}"
                for one in node.body
                if isinstance(one, ast.FunctionDef)
            )


@pytest.mark.parametrize("named", NAMED)
def test_a_named_test_exists(named):
    path, _, test = named.partition("::")

    assert test in set(names_in(ROOT / path))


def test_a_case_is_proved_or_not_built_but_never_both():
    assert not set(PROVED) & set(NOT_YET)
    assert not set(PROVED_KEYS) & set(NOT_YET_KEYS)


def test_each_policy_is_in_the_decision():
    (decision,) = (ROOT / "docs/decisions").glob("0034-*.md")
    text = decision.read_text(encoding="utf-8")

    assert [name for name in POLICIES if name not in text] == []
