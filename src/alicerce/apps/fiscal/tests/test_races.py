"""Many at once, on connections of their own and data that is really there: one number each, and no gap."""

from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.billing.tests.test_races import company, crowd, looking
from alicerce.apps.fiscal.models import FiscalDocument
from alicerce.apps.fiscal.services.queue_document import queue_document
from alicerce.apps.fiscal.services.send_document import send_document
from alicerce.apps.fiscal.tests.factories import NOON, a_document, an_issuer
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Unavailable, Unknown

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


def test_a_document_that_many_workers_send_is_one_note(company, sefin):
    looking(lambda: an_issuer(sefin))
    document_id = looking(lambda: a_document().id)

    def send(_turn):
        try:
            send_document(document_id=document_id, at=NOON)
        except (Unavailable, Unknown):  # a worker would try it again
            send_document(document_id=document_id, at=NOON)

    crowd(company, send, times=16)

    with transaction():
        row = FiscalDocument.objects.get()
        assert (row.status, bool(row.access_key)) == ("authorized", True)
    assert len(sefin.registry.notes()) == 1
