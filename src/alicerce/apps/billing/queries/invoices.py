"""Invoices and what happened to them."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Max

from alicerce.apps.billing.errors import InvoiceLinkEnded, NoSuchInvoice
from alicerce.apps.billing.models import Charge, Invoice, InvoiceLine, Payment
from alicerce.apps.billing.rules.links import is_link_ended
from alicerce.apps.billing.types import (
    PAYABLE,
    InvoiceDetail,
    InvoiceKind,
    InvoicePage,
    InvoiceStatus,
    InvoiceSummary,
)
from alicerce.kernel.money import Money

PAGE = 50
CODE = re.compile(r"(?P<series>[A-Za-z]{0,8})(?P<number>\d{1,9})")


def invoice(invoice_id: UUID) -> InvoiceSummary:
    """Raises NoSuchInvoice."""
    return _found(Invoice.objects.issued().filter(pk=invoice_id).first()).summary()


def invoice_of_order(order_id: UUID) -> InvoiceSummary | None:
    found = Invoice.objects.issued().newest_first().filter(order_id=order_id).first()
    return found.summary() if found else None


def invoices_of_orders(order_ids: Collection[UUID]) -> dict[UUID, InvoiceSummary]:
    """The latest invoice of each order that has one."""
    found = Invoice.objects.issued().filter(order_id__in=order_ids).order_by("id")
    return {row.order_id: row.summary() for row in found if row.order_id}


def invoice_of_token(token: str, *, at: datetime) -> InvoiceSummary:
    """The invoice whose link this is. Raises NoSuchInvoice, InvoiceLinkEnded."""
    found = _found(Invoice.objects.issued().filter(token=token).first())
    shown = found.summary()
    settled_at = found.voided_at or found.paid_at
    if is_link_ended(is_payable=shown.is_payable, settled_at=settled_at, at=at):
        raise InvoiceLinkEnded
    return shown


def invoice_detail(invoice_id: UUID) -> InvoiceDetail:
    """Raises NoSuchInvoice."""
    found = _found(Invoice.objects.issued().filter(pk=invoice_id).first())
    lines = InvoiceLine.objects.filter(invoice_id=found.id).order_by("position")
    charges = Charge.objects.filter(invoice_id=found.id).order_by("-id")
    payments = Payment.objects.filter(invoice_id=found.id).order_by("-id")
    return InvoiceDetail(
        summary=found.summary(),
        lines=tuple(line.view(found.currency) for line in lines),
        charges=tuple(charge.view() for charge in charges),
        payments=tuple(payment.view() for payment in payments),
    )


def invoices(
    *,
    before: UUID | None = None,
    status: InvoiceStatus | None = None,
    customer_ids: Sequence[UUID] | None = None,
    limit: int = PAGE,
) -> InvoicePage:
    """Newest first; `before` is the page's key, so that page a thousand costs what page one does."""
    rows = Invoice.objects.issued().newest_first()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if status is not None:
        rows = rows.filter(status=status)
    if customer_ids is not None:
        rows = rows.filter(customer_id__in=customer_ids)
    found = [row.summary() for row in rows[: limit + 1]]
    shown = tuple(found[:limit])
    return InvoicePage(shown, shown[-1].id if len(found) > limit else None)


def summaries_by_id(invoice_ids: Collection[UUID]) -> dict[UUID, InvoiceSummary]:
    rows = Invoice.objects.issued().filter(pk__in=invoice_ids)
    return {row.id: row.summary() for row in rows}


def open_invoices_after(after: UUID | None, *, limit: int) -> tuple[InvoiceSummary, ...]:
    """What is left to pay, in the order it was issued, from a place on: a way through all of it."""
    rows = Invoice.objects.filter(status=InvoiceStatus.OPEN).order_by("id")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return tuple(row.summary() for row in rows[:limit])


def open_invoices_of(customer_id: UUID, *, limit: int = PAGE) -> tuple[InvoiceSummary, ...]:
    """What a customer is asked for and was sold, the next due first."""
    rows = Invoice.objects.filter(customer_id=customer_id, status=InvoiceStatus.OPEN)
    sold = rows.filter(kind=InvoiceKind.SALE).order_by("due_on", "id")
    return tuple(row.summary() for row in sold[:limit])


def owed_since(customer_id: UUID, *, before: date) -> date | None:
    """The earliest day before this one on which something still unpaid was due; written off or not."""
    rows = Invoice.objects.filter(customer_id=customer_id, status__in=PAYABLE)
    late = rows.filter(kind=InvoiceKind.SALE, due_on__lt=before).order_by("due_on")
    found: date | None = late.values_list("due_on", flat=True).first()
    return found


def invoices_asking(amount: Money, *, limit: int) -> tuple[InvoiceSummary, ...]:
    """Open ones of which exactly so much is left to pay, the longest due first."""
    left = F("total_cents") - F("paid_cents") - F("relieved_cents")
    rows = Invoice.objects.filter(status=InvoiceStatus.OPEN, currency=amount.currency)
    rows = rows.annotate(left=left).filter(left=amount.cents).order_by("due_on", "id")
    return tuple(row.summary() for row in rows[:limit])


def last_paid_at(customer_ids: Sequence[UUID]) -> datetime | None:
    """When any invoice of theirs was paid last, however old the invoice is."""
    paid = Invoice.objects.filter(paid_at__isnull=False, customer_id__in=customer_ids)
    found: datetime | None = paid.aggregate(last=Max("paid_at"))["last"]
    return found


def find_invoices(words: str, *, limit: int) -> list[InvoiceSummary]:
    """Invoices of the current tenant by what people quote: A42, or 42 of any series."""
    quoted = CODE.fullmatch(words.strip())
    if quoted is None:
        return []
    found = Invoice.objects.issued().filter(number=int(quoted["number"]))
    if quoted["series"]:
        found = found.filter(series__iexact=quoted["series"])
    return [row.summary() for row in found.newest_first()[:limit]]


def _found(row: Invoice | None) -> Invoice:
    if row is None:
        raise NoSuchInvoice
    return row
