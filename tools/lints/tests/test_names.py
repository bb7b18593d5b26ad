"""The rule `names`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/services.py", "class InvoiceManager: ..."),
    ("apps/billing/services.py", "class BillingService: ..."),
    ("apps/billing/adapters/pix.py", "class BaseGateway: ..."),
    ("apps/billing/jobs.py", "def handle_payment(): ..."),
    ("apps/billing/jobs.py", "def _process_rows(): ..."),
]
GOOD = [
    ("apps/hosting/models.py", "class Service: ..."),
    ("apps/hosting/models.py", "class Based: ..."),
    ("vendors/mail/simulator.py", "def handle_DATA(): ..."),
    ("vendors/whm/simulator.py", "def do_GET(): ..."),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("names", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("names", place, code) == []
