"""The rule `module-length`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found


@pytest.mark.parametrize(
    ("place", "lines"),
    [("apps/billing/services.py", 301), ("apps/billing/tests/test_dun.py", 501)],
)
def test_names(place, lines):
    assert lines_found("module-length", place, "a = 1\n" * lines) == [1]


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        ("apps/billing/services.py", 300),
        ("apps/billing/tests/test_dun.py", 500),
        ("apps/billing/migrations/0001_initial.py", 900),
    ],
)
def test_passes(place, lines):
    assert lines_found("module-length", place, "a = 1\n" * lines) == []
