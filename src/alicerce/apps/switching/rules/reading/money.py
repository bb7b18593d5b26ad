"""What an invoice of the other program is here: something to look at, and what is left of it to pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alicerce.apps.switching.rules.reading.values import (
    Body,
    Reading,
    cents,
    cents_or_zero,
    day,
    refused,
    text,
)
from alicerce.apps.switching.rules.tables import number
from alicerce.apps.switching.types import Remark

STATUSES = {
    "draft": "draft",
    "unpaid": "unpaid",
    "paid": "paid",
    "cancelled": "cancelled",
    "refunded": "refunded",
    "collections": "collections",
    "payment pending": "unpaid",
}
OWED = frozenset({"unpaid", "collections"})
MOST_LINES = 200
LONGEST = 200


@dataclass(frozen=True, slots=True)
class OldLine:
    description: str
    cents: int


@dataclass(frozen=True, slots=True)
class InvoicePlan:
    """Its total less credit is what was asked for; `paid_cents` is what its payments sum to."""

    client: int
    currency: str
    number: str
    issued_on: date
    due_on: date
    paid_on: date | None
    status: str
    total_cents: int
    paid_cents: int
    lines: tuple[OldLine, ...]

    @property
    def owed_cents(self) -> int:
        return max(self.total_cents - self.paid_cents, 0) if self.status in OWED else 0


def read_invoice(
    source_id: int,
    body: Body,
    items: Sequence[Body],
    payments: Sequence[Body],
    currency: str,
    *,
    tax_within: bool,
) -> Reading[InvoicePlan]:
    status = STATUSES.get(text(body, "status").lower())
    if status is None:
        return refused("invoice_status_unknown", text(body, "status"))
    total, due_on = cents(text(body, "total")), day(text(body, "duedate"))
    if total is None or total < 0:
        return refused("amount_unreadable", text(body, "total"))
    if due_on is None:
        return refused("due_date_missing", text(body, "duedate"))
    lines = _lines(body, items, tax_within=tax_within)
    remarks = []
    if sum(line.cents for line in lines) != total:
        remarks.append(Remark("lines_sum_to_another", text(body, "total")))
    paid = sum(
        cents_or_zero(one, "amountin") - cents_or_zero(one, "amountout") for one in payments
    )
    return Reading(
        InvoicePlan(
            number(body.get("userid")),
            currency,
            text(body, "invoicenum")[:40] or str(source_id),
            day(text(body, "date")) or due_on,
            due_on,
            day(text(body, "datepaid")),
            status,
            total,
            paid,
            lines[:MOST_LINES],
        ),
        tuple(remarks),
    )


def _lines(body: Body, items: Sequence[Body], *, tax_within: bool) -> tuple[OldLine, ...]:
    """Its items, what was added as tax, and what credit took off."""
    lines = [
        OldLine(
            " ".join(text(item, "description").split())[:LONGEST] or "–",
            cents_or_zero(item, "amount"),
        )
        for item in items
    ]
    tax = cents_or_zero(body, "tax") + cents_or_zero(body, "tax2")
    if tax and not tax_within:
        lines.append(OldLine("Imposto", tax))
    if credit := cents_or_zero(body, "credit"):
        lines.append(OldLine("Crédito usado", -credit))
    return tuple(lines)
