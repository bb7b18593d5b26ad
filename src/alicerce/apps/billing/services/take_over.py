"""What customers owe and have with us on the day that the books begin here.

Invoices of another program keep the numbers they had, in a series of their own: ours are not used up by them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.billing.models import (
    Invoice,
    InvoiceLine,
)
from alicerce.apps.billing.models.invoice import DRAFT, new_token
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.types import (
    InvoiceKind,
    InvoiceStatus,
    NewLine,
)
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import Movement
from alicerce.kernel.bulk import insert_rows, update_rows
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class OldInvoice:
    """What is still to be paid, with the number that its customer knows it by."""

    customer_id: UUID
    series: str
    number: int
    lines: Sequence[NewLine]
    due_on: date
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class OldCredit:
    """What a customer has; `key` says whose opening it is, once."""

    customer_id: UUID
    amount: Money
    key: str


@transaction(shared=True)
def take_over(*, invoices: Sequence[OldInvoice], at: datetime) -> list[UUID]:
    """Ask for what was asked for elsewhere. Nobody is written to: who was asked knows.

    What is owed begins in the ledger; it is no revenue of ours. Their ids, in their order.
    """
    written = [(uuid7(), one, postings.total_of(one.lines)) for one in invoices]
    insert_rows(Invoice, DRAFT, [_drafted(id_, one, total) for id_, one, total in written])
    InvoiceLine.write((id_, one.lines) for id_, one, _ in written)
    ledger.post_all(
        movements=[
            Movement(
                "opening.invoice",
                f"opening:invoice:{one.series}:{one.number}",
                postings.owed_before(amount=total, customer_id=one.customer_id),
            )
            for _, one, total in written
        ],
        at=at,
    )
    opened = [
        (id_, one.number, InvoiceStatus.OPEN.value, one.issued_at) for id_, one, _ in written
    ]
    update_rows(Invoice, ("id", "number", "status", "opened_at"), opened)
    return [id_ for id_, _, _ in written]


@transaction(shared=True)
def take_over_credit(*, held: Sequence[OldCredit], at: datetime) -> None:
    """Keep what customers had as their balance. The same key twice fails it all."""
    ledger.post_all(
        movements=[
            Movement(
                "opening.credit",
                f"opening:credit:{one.key}",
                postings.held_before(amount=one.amount, customer_id=one.customer_id),
            )
            for one in held
        ],
        at=at,
    )


def _drafted(id_: UUID, one: OldInvoice, total: Money) -> tuple[object, ...]:
    return (
        id_,
        one.customer_id,
        None,
        InvoiceKind.SALE.value,
        one.series,
        InvoiceStatus.DRAFT.value,
        total.currency,
        total.cents,
        one.due_on,
        new_token(),
    )
