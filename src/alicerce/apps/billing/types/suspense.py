"""Money that is nobody's yet, and to whom it was given. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.types import PaymentView
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A payment, and what of it is nobody's."""

    payment: PaymentView
    left: Money


@dataclass(frozen=True, slots=True)
class UnclaimedPage:
    found: Sequence[Unclaimed]
    next_before: UUID | None


@dataclass(frozen=True, slots=True)
class AttributionView:
    """To which customer, and for which invoice, what was nobody's went."""

    id: UUID
    payment: PaymentView
    customer_id: UUID
    invoice_id: UUID | None
    amount: Money
    reason: str
    made_at: datetime
    undone_at: datetime | None
