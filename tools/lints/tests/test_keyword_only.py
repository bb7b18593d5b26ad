"""The rule `keyword-only`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/services.py", "def settle(invoice_id, *, at): ..."),
    ("apps/billing/public.py", "def settle(invoice_id): ..."),
]
GOOD = [
    ("apps/billing/services.py", "def settle(*, invoice_id, at): ..."),
    ("apps/billing/services.py", "def _settle(invoice): ..."),
    ("apps/hosting/services/steps/welcome.py", "def ask(run): ..."),
    ("apps/billing/rules.py", "def proration(period): ..."),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("keyword-only", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("keyword-only", place, code) == []
