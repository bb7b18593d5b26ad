"""The rule `write-outside`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/jobs.py", "invoice.save()"),
    ("apps/billing/web/client.py", "Invoice.objects.create(total_cents=1)"),
    ("apps/billing/queries.py", 'rows.update(status="paid")'),
    ("apps/billing/public.py", "rows.bulk_create(many)"),
    ("surfaces/client/pages.py", "account.delete()"),
    ("project/middleware.py", "Tenant.objects.filter(id=1).delete()"),
]
GOOD = [
    ("apps/billing/services.py", "invoice.save()"),
    ("apps/billing/services/dun.py", 'invoice.save(update_fields=["status"])'),
    ("apps/billing/models.py", "self.payments.create(at=at)"),
    ("apps/billing/tests/factories.py", "Invoice.objects.create()"),
    ("apps/billing/migrations/0002_fill.py", 'rows.update(status="paid")'),
    ("apps/billing/web/client.py", "context.update(more)"),
    ("apps/billing/web/client.py", 'qr.save(buffer, kind="svg")'),
    ("apps/billing/adapters/stripe.py", "digest.update(body)"),
    ("vendors/stripe/client.py", 'sessions.create(mode="payment")'),
    ("kernel/jobs.py", "row.save()"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("write-outside", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("write-outside", place, code) == []
