"""The words of payments that somebody claims back past us: at their card's bank, or by the rules of Pix."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types import InvoiceStatus
from alicerce.kernel.money import Money

SETTLED = frozenset({InvoiceStatus.PAID, InvoiceStatus.DISPUTED})
"""Paid for, as far as anybody can say: what is disputed is not lost yet."""


class ContestState(StrEnum):
    OPEN = "open"
    LOST = "lost"
    RELEASED = "released"

    @property
    def rank(self) -> int:
        """A later word stands above an earlier one, in whichever order they are heard."""
        return list(ContestState).index(self)


@dataclass(frozen=True, slots=True)
class ContestMove:
    """Money that the provider took for a claim, below zero, or gave back; and what that cost."""

    reference: str
    amount: Money
    fee: Money


@dataclass(frozen=True, slots=True)
class Contested:
    """A claim on a payment as its provider, or a person, tells it now. `lost` is all of it unless said."""

    payment_id: UUID
    key: str
    amount: Money
    state: ContestState
    moves: tuple[ContestMove, ...] = ()
    lost: Money | None = None
