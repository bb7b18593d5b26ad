"""Movements of money and their sides. Plain Python: safe to import anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of a movement in the ledger: debits above zero, credits below."""

    account: str
    amount: Money
    customer_id: UUID | None = None

    def __neg__(self) -> "Posting":
        return Posting(self.account, -self.amount, self.customer_id)


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement of money as it is to be posted; its key makes a repeated one impossible."""

    kind: str
    key: str
    postings: Sequence[Posting]
