"""Where money goes: into an invoice, out of or into the wallet, and to whom a share is owed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from alicerce.apps.billing.rules.rounding import half_up


@dataclass(frozen=True, slots=True)
class Folded:
    """An amount and a wallet brought together: `applied` is what the wallet changed about the amount."""

    applied: int
    due: int
    balance: int


@dataclass(frozen=True, slots=True)
class Received:
    """What money did: `applied` to the invoice, `remaining` of it, `credit` for the wallet."""

    applied: int
    remaining: int
    credit: int

    @property
    def is_paid(self) -> bool:
        return not self.remaining


@dataclass(frozen=True, slots=True)
class Split:
    partner: int
    owner: int


def fold_wallet(*, balance: int, amount: int) -> Folded:
    """Credit pays, debt is collected, and an amount below zero becomes credit. Nothing is lost."""
    net = amount - balance
    due = max(net, 0)
    return Folded(due - max(amount, 0), due, max(-net, 0))


def take_from_wallet(*, balance: int, amount: int) -> int:
    """What the wallet pays of an amount: all it has, no more than is asked, never below zero."""
    return max(min(balance, amount), 0)


def receive(*, remaining: int, payment: int) -> Received:
    """A part is accepted, and what is over is the customer's credit."""
    applied = min(remaining, payment)
    return Received(applied, remaining - applied, payment - applied)


def receive_all(*, total: int, payments: Sequence[int]) -> Received:
    return receive(remaining=total, payment=sum(payments))


def split(*, gross: int, fee: int, share: Fraction) -> Split:
    """The partner's share of what the provider leaves; the owner has the rest, and the odd cent."""
    net = gross - fee
    partner = half_up(net * share)
    return Split(partner, net - partner)


def split_after_refund(shared: Split, *, gross: int, refunded: int) -> Split:
    """A refund takes back in proportion; a full one takes back all. The fee is not given back."""
    partner = shared.partner - half_up(Fraction(shared.partner * refunded, gross))
    return Split(partner, shared.partner + shared.owner - refunded - partner)
