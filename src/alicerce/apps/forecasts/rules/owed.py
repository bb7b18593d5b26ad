"""An invoice of a story: what is left of it, how far it is on the ladder, and what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import NewLine
from alicerce.apps.dunning.types import Mark
from alicerce.apps.forecasts.types import ToldInvoice


@dataclass(slots=True)
class Owed:
    ref: str
    currency: str
    total_cents: int
    remaining_cents: int
    due_on: date
    opened_at: datetime
    issued_on: date
    services: tuple[UUID, ...] = ()
    lines: Sequence[NewLine] = ()
    tax_cents: int = 0
    withheld_cents: int = 0
    code: str = ""
    invoice_id: UUID | None = None
    asks_fee: bool = True
    receipts: list[billing.Receipt] = field(default_factory=list)
    marks: tuple[Mark, ...] = ()
    holds: set[UUID] = field(default_factory=set)
    is_overdue: bool = False
    failures: int = 0
    paid_on: date | None = None
    is_void: bool = False

    @property
    def is_open(self) -> bool:
        return self.paid_on is None and not self.is_void

    def told(self) -> ToldInvoice:
        return ToldInvoice(
            self.ref,
            self.issued_on,
            self.due_on,
            self.paid_on,
            self.currency,
            self.total_cents,
            self.tax_cents,
            self.withheld_cents,
            tuple(map(_line, self.lines)),
            self.invoice_id,
        )


def _line(line: NewLine) -> tuple[object, ...]:
    return (
        line.description,
        line.quantity,
        line.unit.cents,
        line.kind.value,
        line.subscription_id.hex if line.subscription_id else None,
        line.starts_on.isoformat() if line.starts_on else None,
        line.ends_on.isoformat() if line.ends_on else None,
    )


def debt(told: billing.Debt, *, issued_on: date) -> Owed:
    return Owed(
        ref=told.code,
        currency=told.currency,
        total_cents=told.total_cents,
        remaining_cents=told.remaining_cents,
        due_on=told.due_on,
        opened_at=told.opened_at,
        issued_on=issued_on,
        code=told.code,
        invoice_id=told.id,
        asks_fee=told.asks_fee,
        receipts=list(told.receipts),
    )
