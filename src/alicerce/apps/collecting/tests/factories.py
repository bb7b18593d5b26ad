"""The least that is valid, for tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.collecting.services.collect import begin_collection
from alicerce.apps.customers.tests.factories import a_customer

DUE = date(2026, 11, 9)
OPENED = datetime(2026, 11, 2, 12, tzinfo=UTC)
MORNING = datetime(2026, 11, 9, 12, tzinfo=UTC)
"""Nine o'clock in São Paulo, on the due day."""


def after(days: int) -> datetime:
    return MORNING + timedelta(days=days)


def an_owed_invoice(customer_id: UUID | None = None, **given: Any) -> Invoice:
    """One that came of itself, a week before it is due, and waits for the customer's card."""
    customer_id = customer_id or a_customer().id
    facts = {"due_on": DUE, "at": OPENED, **given}
    invoice = an_invoice(customer_id=customer_id, **facts)
    begin_collection(invoice_id=invoice.id, at=facts["at"])
    return invoice
