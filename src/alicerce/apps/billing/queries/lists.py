"""A company's invoices, narrowed as people narrow lists."""

from uuid import UUID

from django.db.models import Q

from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.queries.invoices import CODE, PAGE
from alicerce.apps.billing.types import InvoicePage, InvoiceStatus
from alicerce.apps.billing.types.corrections import InvoicesWanted


def invoice_list(
    wanted: InvoicesWanted, *, before: UUID | None = None, limit: int = PAGE
) -> InvoicePage:
    """Newest first; the next page begins after the last one shown, whatever its number."""
    rows = Invoice.objects.issued().newest_first().filter(_narrowed(wanted))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = [row.summary() for row in rows[: limit + 1]]
    shown = tuple(found[:limit])
    return InvoicePage(shown, shown[-1].id if len(found) > limit else None)


def _narrowed(wanted: InvoicesWanted) -> Q:
    narrowed = Q()
    if wanted.text:
        narrowed &= _named(wanted)
    if wanted.status:
        narrowed &= Q(status=wanted.status)
    if wanted.overdue_on:
        narrowed &= Q(status=InvoiceStatus.OPEN, due_on__lt=wanted.overdue_on)
    if wanted.due_from:
        narrowed &= Q(due_on__gte=wanted.due_from)
    if wanted.due_until:
        narrowed &= Q(due_on__lte=wanted.due_until)
    return narrowed


def _named(wanted: InvoicesWanted) -> Q:
    """By its number, as people quote it, or by its customer."""
    quoted = CODE.fullmatch(wanted.text)
    if quoted is None:
        return Q(customer_id__in=wanted.customer_ids)
    numbered = Q(number=int(quoted["number"]))
    return numbered & Q(series__iexact=quoted["series"]) if quoted["series"] else numbered
