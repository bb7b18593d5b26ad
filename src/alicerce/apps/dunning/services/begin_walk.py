"""Put an invoice on the ladder."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceKind, InvoiceSummary
from alicerce.apps.dunning.models import Walk
from alicerce.kernel.db import transaction

BATCH = 500


@transaction()
def begin_walk(*, invoice_id: UUID, at: datetime) -> bool:
    """The invoice will be looked at from now on. False when it is already, or never will be."""
    invoice = billing.hold_invoice(invoice_id=invoice_id)
    return _walks_the_ladder(invoice) and _add(invoice, at=at)


def adopt_strays(*, at: datetime) -> int:
    """Every open invoice that is on no ladder yet: those from before there was one."""
    adopted, after = 0, None
    while page := billing.open_invoices_after(after, limit=BATCH):
        adopted += _adopt(page, at=at)
        after = page[-1].id
    return adopted


@transaction()
def _adopt(page: tuple[InvoiceSummary, ...], *, at: datetime) -> int:
    known = Walk.objects.filter(invoice_id__in=[each.id for each in page])
    has = set(known.values_list("invoice_id", flat=True))
    strays = [each for each in page if each.id not in has and _walks_the_ladder(each)]
    return sum(begin_walk(invoice_id=each.id, at=at) for each in strays)


def _walks_the_ladder(invoice: InvoiceSummary) -> bool:
    """Not an order that nobody pays, which is canceled, nor funds that a customer asked to pay in."""
    is_owed = invoice.order_id is None and invoice.kind != InvoiceKind.FUNDS
    return invoice.is_open and is_owed


def _add(invoice: InvoiceSummary, *, at: datetime) -> bool:
    walk = Walk(
        invoice_id=invoice.id,
        customer_id=invoice.customer_id,
        due_on=invoice.due_on,
        opened_at=invoice.opened_at,
        next_at=at,
    )
    added: bool = Walk.objects.add_once(walk)
    return added
