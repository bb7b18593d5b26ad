"""Invoices as programs read them: plain rows, no instances."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from alicerce.apps.billing.errors import NoSuchCreditNote, NoSuchInvoice, NoSuchRefund
from alicerce.apps.billing.models import (
    SERIES,
    CreditNote,
    Invoice,
    InvoiceLine,
    Payment,
    Refund,
)
from alicerce.apps.billing.queries.charged_taxes import taxes_of_invoice
from alicerce.apps.billing.queries.claims import open_debt
from alicerce.apps.billing.queries.issuers import issuer_ids
from alicerce.apps.billing.queries.payments import wallet_balance
from alicerce.apps.billing.types import PAYABLE
from alicerce.apps.customers import public as customers
from alicerce.apps.metadata import public as things
from alicerce.apps.metadata.types import ThingKind
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    "id",
    "series",
    "number",
    "kind",
    "status",
    "customer_id",
    "order_id",
    "total_cents",
    "paid_cents",
    "relieved_cents",
    "returned_cents",
    "currency",
    "due_on",
    "opened_at",
    "paid_at",
    "voided_at",
    "token",
)
NOTE_COLUMNS = (
    "id",
    "series",
    "number",
    "invoice_id",
    "customer_id",
    "total_cents",
    "relieved_cents",
    "wallet_cents",
    "refunded_cents",
    "currency",
    "reason",
    "issued_at",
)
REFUND_COLUMNS = (
    "id",
    "payment_id",
    "invoice_id",
    "customer_id",
    "status",
    "source",
    "amount_cents",
    "currency",
    "reason",
    "begun_at",
    "ended_at",
)
PAYMENT_COLUMNS = ("id", "invoice_id", "method", "amount_cents", "currency", "received_at")
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
    return _records([found])[0] | {
        "lines": list(lines.values(*LINE_COLUMNS)),
        "taxes": _taxes(invoice_id),
    }


def _taxes(invoice_id: UUID) -> list[Row]:
    found = taxes_of_invoice(invoice_id)
    return [
        {
            "name": one.name,
            "kind": one.kind,
            "rate_ppm": one.rate_ppm,
            "manner": one.manner,
            "withheld": one.is_withheld,
            "base_cents": one.base.cents,
            "amount_cents": one.amount.cents,
            "given_back_cents": one.given_back.cents,
        }
        for one in found
    ]


def invoices_of_orders(order_ids: Collection[UUID]) -> Mapping[UUID, Row]:
    """The newest invoice of each of these orders, by order."""
    found = Invoice.objects.issued().filter(order_id__in=order_ids).order_by("id")
    return {row["order_id"]: row for row in _records(list(found.values(*COLUMNS)))}


def _records(rows: Sequence[Row]) -> list[Row]:
    if not rows:
        return []
    base_url, issuers = tenancy.tenant_card().base_url, issuer_ids()
    told = [_record(row, base_url, issuers) for row in rows]
    return things.with_metadata(told, kind=ThingKind.INVOICE)


def invoices_by_id(invoice_ids: Collection[UUID]) -> Mapping[UUID, Row]:
    found = Invoice.objects.issued().filter(pk__in=invoice_ids).values(*COLUMNS)
    return {row["id"]: row for row in _records(list(found))}


def credit_note_rows(window: Window, **wanted: object) -> Slice:
    """Credit notes; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    found = slice_of(CreditNote.objects.filter(**narrowed), window, *NOTE_COLUMNS)
    return Slice([_note(row) for row in found.rows], found.next_cursor)


def credit_note_record(credit_note_id: UUID) -> Row:
    """Raises NoSuchCreditNote."""
    found = CreditNote.objects.filter(pk=credit_note_id).values(*NOTE_COLUMNS).first()
    if found is None:
        raise NoSuchCreditNote
    return _note(found)


def refund_rows(window: Window, **wanted: object) -> Slice:
    """Refunds, whatever became of them; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    found = slice_of(Refund.objects.filter(**narrowed), window, *REFUND_COLUMNS)
    return Slice([{"object": "refund", **row} for row in found.rows], found.next_cursor)


def payment_rows(window: Window, *, customer_id: UUID) -> Slice:
    """What a customer paid, wherever it went."""
    return slice_of(Payment.objects.filter(customer_id=customer_id), window, *PAYMENT_COLUMNS)


def refund_record(refund_id: UUID) -> Row:
    """Raises NoSuchRefund."""
    found = Refund.objects.filter(pk=refund_id).values(*REFUND_COLUMNS).first()
    if found is None:
        raise NoSuchRefund
    return {"object": "refund", **found}


def wallet_record(customer_id: UUID) -> Row:
    """What a customer has with the company and what they owe, by currency. Raises NoSuchCustomer."""
    customers.customer_detail(customer_id)
    held = {one.currency: one.cents for one in wallet_balance(customer_id)}
    owed = {one.currency: one.cents for one in open_debt(customer_id)}
    balances = [
        {
            "currency": name,
            "balance_cents": held.get(name, 0),
            "open_cents": owed.get(name, 0),
        }
        for name in sorted(held.keys() | owed.keys())
    ]
    return {"object": "wallet", "customer_id": customer_id, "balances": balances}


def _note(row: Row) -> Row:
    row["number"] = f"{row.pop('series')}{row['number']}"
    return {"object": "credit_note", **row}


def _record(row: Row, base_url: str, issuers: Mapping[str, UUID]) -> Row:
    series, token = row.pop("series"), row.pop("token")
    row["issuer"] = issuers.get(series, issuers[SERIES])
    left = row["total_cents"] - row["paid_cents"] - row["relieved_cents"]
    row["remaining_cents"] = left if row["status"] in PAYABLE else 0
    row["number"] = f"{series}{row['number']}"
    row["page_path"] = f"/fatura/{token}/"
    row["page_url"] = tenancy.page_url(row["page_path"], base_url=base_url)
    return {"object": "invoice", **row}
