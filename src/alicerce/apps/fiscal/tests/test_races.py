"""Many at once, on connections of their own and data that is really there: one number each, and no gap."""

from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.billing.tests.test_races import company, crowd, looking
from alicerce.apps.fiscal.models import FiscalDocument
from alicerce.apps.fiscal.services.queue_document import queue_document
from alicerce.apps.fiscal.tests.factories import NOON, an_issuer
from alicerce.kernel.db import transaction

__all__ = ["company"]
MANY = 20


def test_twenty_invoices_asked_for_twice_have_a_number_each(company, sefin):
    looking(lambda: an_issuer(sefin))
    invoices = [looking(lambda: an_invoice().id) for _ in range(MANY)]

    made = crowd(
        company,
        lambda turn: queue_document(invoice_id=invoices[turn % MANY], at=NOON),
        times=2 * MANY,
    )

    with transaction():
        rows = FiscalDocument.objects.order_by("number").values_list("number", flat=True)
        assert (len(set(made)), list(rows)) == (MANY, list(range(1, MANY + 1)))
