"""The rule `bare-select-related`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/queries.py", "rows = Invoice.objects.select_related()"),
]
GOOD = [
    ("apps/billing/queries.py", 'rows = Invoice.objects.select_related("account")'),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("bare-select-related", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("bare-select-related", place, code) == []
