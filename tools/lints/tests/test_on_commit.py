"""The rule `on-commit`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/services.py", "transaction.on_commit(tell)"),
    ("kernel/events.py", "on_commit(tell)"),
]
GOOD = [
    ("apps/billing/services.py", "publish(InvoicePaid())"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("on-commit", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("on-commit", place, code) == []
