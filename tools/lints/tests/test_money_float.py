"""The rule `money-float`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/rules.py", "half = float(total_cents) / 2"),
    ("apps/billing/rules.py", "half = float(invoice.amount)"),
    ("apps/billing/types.py", "price: float = 0.0"),
    ("apps/billing/rules.py", "def late(*, amount: float | None): ..."),
    ("apps/billing/rules.py", "def late_fee() -> float: ..."),
    ("apps/billing/models.py", "total = models.FloatField()"),
]
GOOD = [
    ("apps/billing/rules.py", "share = float(weight)"),
    ("apps/billing/types.py", "total_seconds: float = 0.0"),
    ("apps/billing/types.py", "total_cents: int = 0"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("money-float", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("money-float", place, code) == []
