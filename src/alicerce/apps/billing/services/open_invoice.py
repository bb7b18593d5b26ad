"""Ask customers to pay: one of them, or many with as many statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Note
from alicerce.apps.billing.errors import NothingToInvoice
from alicerce.apps.billing.events import InvoiceIssued, InvoicePaid
from alicerce.apps.billing.models import (
    Draft,
    Invoice,
    InvoiceLine,
    InvoiceLineTax,
)
from alicerce.apps.billing.queries.issuers import series_of_drafts
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.rules.levying import Levying
from alicerce.apps.billing.rules.postings import Taxes
from alicerce.apps.billing.services.deferring import defer_drafts
from alicerce.apps.billing.services.levy_taxes import levy_taxes
from alicerce.apps.billing.services.use_wallet import use_wallets
from alicerce.apps.billing.types import NewInvoice, NewLine, invoice_code
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import Movement
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish_all
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Issued:
    """A draft with the number it got."""

    draft: Draft
    number: int

    @property
    def is_free(self) -> bool:
        return not self.draft.total.cents


@transaction()
def open_invoice(
    *,
    customer_id: UUID,
    lines: Sequence[NewLine],
    due_on: date,
    at: datetime,
    order_id: UUID | None = None,
) -> UUID:
    """Issue an invoice with the next number. One that costs nothing is paid at once.

    An order has one invoice: asked again, it is the same. Raises NothingToInvoice.
    """
    if order_id and (known := Invoice.objects.issued().filter(order_id=order_id).first()):
        return UUID(str(known.id))
    [invoice_id] = open_invoices(
        drafts=[NewInvoice(customer_id, lines, due_on, order_id)], at=at
    )
    return invoice_id


def invoice_for_order(
    *,
    customer_id: UUID,
    order_id: UUID,
    lines: Sequence[NewLine],
    due_on: date,
    at: datetime,
) -> UUID:
    """Issue the invoice of an order; asked again, it is the same one. Raises NothingToInvoice."""
    return open_invoice(
        customer_id=customer_id, order_id=order_id, lines=lines, due_on=due_on, at=at
    )


@transaction(shared=True)
def open_invoices(*, drafts: Sequence[NewInvoice], at: datetime) -> list[UUID]:
    """Issue many invoices with one block of numbers; their ids, in the order they were asked for.

    The statements are as many as for one. All are issued or none. Raises NothingToInvoice.
    """
    if not drafts:
        return []
    levied, series = levy_taxes(drafts=drafts, at=at), series_of_drafts(drafts)
    written = [_draft(*each) for each in zip(drafts, levied, series, strict=True)]
    Invoice.objects.draft_all(written)
    InvoiceLine.write((draft.id, draft.levying.lines) for draft in written)
    InvoiceLineTax.write((draft.id, draft.levying.taxes) for draft in written)
    numbers = Invoice.objects.open_all(written, at=at)
    later = defer_drafts(drafts=written, at=at)
    claims = [_claim(draft, later[draft.id]) for draft in written]
    ledger.post_all(movements=[claim for claim in claims if claim.postings], at=at)
    issued = [Issued(*pair) for pair in zip(written, numbers, strict=True)]
    _settle_for_nothing(issued, at=at)
    _tell(issued, at=at)
    use_wallets(invoice_ids=[draft.id for draft in written], at=at)
    return [draft.id for draft in written]


def _draft(asked: NewInvoice, levying: Levying, series: str) -> Draft:
    return Draft(uuid7(), asked, levying, _total(levying.lines), series)


def _total(lines: Sequence[NewLine]) -> Money:
    try:
        return postings.total_of(lines)
    except postings.MixedLines:
        raise NothingToInvoice from None


def _claim(draft: Draft, later: Money) -> Movement:
    return Movement(
        kind="invoice.opened",
        key=f"invoice:{draft.id}:opened",
        postings=postings.invoice_opened(
            total=draft.total,
            customer_id=draft.asked.customer_id,
            kind=draft.asked.kind,
            taxes=Taxes(draft.levying.tax_cents, draft.levying.withheld_cents),
            deferred=later,
        ),
    )


def _settle_for_nothing(issued: Sequence[Issued], *, at: datetime) -> None:
    free = [one.draft.id for one in issued if one.is_free]
    if free:
        Invoice.objects.filter(pk__in=free).settle_all(at=at)


def _tell(issued: Sequence[Issued], *, at: datetime) -> None:
    free = [one for one in issued if one.is_free]
    notes = [_issuing(one) for one in issued] + [_gift(one) for one in free]
    audit.record_all(notes=notes, at=at)
    publish_all([_issue(one, at) for one in issued] + [_payment(one, at) for one in free])


def _issuing(one: Issued) -> Note:
    total = one.draft.total
    after = {
        "number": invoice_code(one.draft.series, one.number),
        "total_cents": total.cents,
        "currency": total.currency,
    }
    return Note("invoice.issued", "invoice", one.draft.id, after=after)


def _gift(one: Issued) -> Note:
    return Note(
        "invoice.paid",
        "invoice",
        one.draft.id,
        before={"status": "open"},
        after={"status": "paid", "total_cents": 0},
    )


def _issue(one: Issued, at: datetime) -> InvoiceIssued:
    return InvoiceIssued(
        at=at,
        invoice_id=one.draft.id,
        customer_id=one.draft.asked.customer_id,
        order_id=one.draft.asked.order_id,
        number=one.number,
        total_cents=one.draft.total.cents,
        currency=one.draft.total.currency,
    )


def _payment(one: Issued, at: datetime) -> InvoicePaid:
    return InvoicePaid(
        at=at,
        invoice_id=one.draft.id,
        order_id=one.draft.asked.order_id,
        customer_id=one.draft.asked.customer_id,
        method="",
        total_cents=0,
        currency=one.draft.total.currency,
    )
