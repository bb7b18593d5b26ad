"""The rule `objects-at-edges`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/web/client.py", "rows = Invoice.objects.all()"),
    ("apps/billing/api.py", "rows = Invoice.objects.all()"),
    ("apps/billing/jobs.py", "rows = Invoice.objects.all()"),
    ("surfaces/client/pages.py", "rows = Invoice.objects.all()"),
]
GOOD = [
    ("apps/billing/queries.py", "rows = Invoice.objects.all()"),
    ("apps/billing/services/dun.py", "rows = Invoice.objects.all()"),
    ("apps/billing/web/client.py", "rows = queries.invoices()"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("objects-at-edges", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("objects-at-edges", place, code) == []
