"""What may go back, what goes back when an invoice is voided, and which refunds a balance can pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PIX_RETURN_WINDOW = timedelta(days=90)


class RefundsExceedPayment(ValueError):
    """More would go back than came."""


@dataclass(frozen=True, slots=True)
class GoneBack:
    """What already left or may still leave a payment. A refund that failed is in none of them."""

    succeeded: int = 0
    pending: int = 0
    disputed: int = 0

    @property
    def total(self) -> int:
        return self.succeeded + self.pending + self.disputed


@dataclass(frozen=True, slots=True)
class Voided:
    """What happens to the total of a voided invoice."""

    refund: int  # to where it was paid from
    credit: int  # to the wallet
    dropped: int  # owed no more


@dataclass(frozen=True, slots=True)
class Queue:
    processed: tuple[int, ...]
    waiting: tuple[int, ...]


def refundable(paid: int, gone: GoneBack) -> int:
    """A dispute uses it up like a refund, and a pending refund reserves its part."""
    return max(paid - gone.total, 0)


def check_refund(amount: int, *, paid: int, gone: GoneBack) -> None:
    """Raises RefundsExceedPayment."""
    if not 0 < amount <= refundable(paid, gone):
        raise RefundsExceedPayment


def void(*, total: int, paid: int, given_back: int) -> Voided:
    """Of what is given back, what was paid is refunded and the rest is credited; the remainder is dropped."""
    refund = min(paid, given_back)
    return Voided(refund, given_back - refund, total - given_back)


def payable_from(balance: int, queue: Sequence[int]) -> Queue:
    """Whole refunds only, in their order, and any that fits: a big one does not hold up a small one."""
    processed: list[int] = []
    waiting: list[int] = []
    for amount in queue:
        fits = amount <= balance
        balance -= amount if fits else 0
        (processed if fits else waiting).append(amount)
    return Queue(tuple(processed), tuple(waiting))


def may_return_pix(*, paid_on: date, on: date) -> bool:
    """The Central Bank takes a devolução within ninety days."""
    return paid_on <= on <= paid_on + PIX_RETURN_WINDOW
