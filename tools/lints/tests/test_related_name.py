"""The rule `related-name`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/models.py", 'order = ForeignKey("orders.Order", PROTECT)'),
    (
        "apps/billing/models.py",
        'order = TenantForeignKey("orders.Order", PROTECT, related_name="invoices")',
    ),
    ("apps/billing/models.py", "payer = ForeignKey(settings.AUTH_USER_MODEL, PROTECT)"),
    (
        "apps/billing/models/invoice.py",
        'order = OneToOneField(to="orders.Order", on_delete=PROTECT)',
    ),
]
GOOD = [
    ("apps/billing/models.py", 'order = ForeignKey("orders.Order", PROTECT, related_name="+")'),
    ("apps/billing/models.py", 'order = TenantForeignKey("orders.Order", PROTECT)'),
    (
        "apps/billing/models.py",
        'account = ForeignKey("billing.Account", PROTECT, related_name="invoices")',
    ),
    ("apps/billing/models.py", "account = ForeignKey(Account, PROTECT)"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("related-name", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("related-name", place, code) == []
