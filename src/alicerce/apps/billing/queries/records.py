"""Invoices as programs read them: plain rows, no instances."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.billing.models import Invoice, InvoiceLine
from alicerce.apps.metadata import public as things
from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    "id",
    "series",
    "number",
    "status",
    "customer_id",
    "order_id",
    "total_cents",
    "currency",
    "due_on",
    "opened_at",
    "paid_at",
    "voided_at",
    "token",
)
LINE_COLUMNS = ("description", "quantity", "unit_cents", "total_cents")


def invoice_rows(
    window: Window, *, metadata: Mapping[str, str] = things.NOTHING, **wanted: object
) -> Slice:
    """Issued invoices; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    standing = things.having(metadata, kind=ThingKind.INVOICE)
    found = slice_of(Invoice.objects.issued().filter(standing, **narrowed), window, *COLUMNS)
    return Slice(_records(found.rows), found.next_cursor)


def invoice_record(invoice_id: UUID) -> Row:
    """An invoice and its lines. Raises NoSuchInvoice."""
    found = Invoice.objects.issued().filter(pk=invoice_id).values(*COLUMNS).first()
    if found is None:
        raise NoSuchInvoice
    lines = InvoiceLine.objects.filter(invoice_id=invoice_id).order_by("position")
    return _records([found])[0] | {"lines": list(lines.values(*LINE_COLUMNS))}


def invoices_of_orders(order_ids: Collection[UUID]) -> Mapping[UUID, Row]:
    """The newest invoice of each of these orders, by order."""
    found = Invoice.objects.issued().filter(order_id__in=order_ids).order_by("id")
    return {row["order_id"]: row for row in _records(list(found.values(*COLUMNS)))}


def _records(rows: Sequence[Row]) -> list[Row]:
    told = [_record(row) for row in rows]
    return things.with_metadata(told, kind=ThingKind.INVOICE)


def _record(row: Row) -> Row:
    series, token = row.pop("series"), row.pop("token")
    row["number"] = f"{series}{row['number']}"
    row["page_path"] = f"/fatura/{token}/"
    return {"object": "invoice", **row}
