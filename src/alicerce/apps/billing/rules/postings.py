"""What each movement of money writes in the ledger. Debits are above zero and every list sums to it."""

from collections.abc import Sequence
from uuid import UUID

from alicerce.apps.billing.types import NewLine, PaymentFit, Posting
from alicerce.kernel.money import Money

RECEIVABLE, REVENUE, WALLET, SUSPENSE = "receivable", "revenue", "wallet", "suspense"


class MixedLines(ValueError):
    """No lines, two currencies, or a total below zero."""


def clearing(provider: str) -> str:
    """The account of what a provider holds for us until it pays out."""
    return f"clearing:{provider}"


def total_of(lines: Sequence[NewLine]) -> Money:
    """Raises MixedLines."""
    if len({line.unit.currency for line in lines}) != 1:
        raise MixedLines
    total = Money(sum(line.total.cents for line in lines), lines[0].unit.currency)
    if total.cents < 0 or any(line.quantity < 1 for line in lines):
        raise MixedLines
    return total


def invoice_opened(*, total: Money, customer_id: UUID) -> list[Posting]:
    return _move(Posting(RECEIVABLE, total, customer_id), Posting(REVENUE, -total))


def invoice_voided(*, total: Money, customer_id: UUID) -> list[Posting]:
    return _move(Posting(REVENUE, total), Posting(RECEIVABLE, -total, customer_id))


def payment_received(
    *, amount: Money, provider: str, fit: PaymentFit, customer_id: UUID | None
) -> list[Posting]:
    """What came in is owed by the provider, and paid for, kept for, or owed to somebody."""
    into = {
        PaymentFit.APPLIED: RECEIVABLE,
        PaymentFit.CREDITED: WALLET,
        PaymentFit.FLAGGED: SUSPENSE,
    }[fit]
    return _move(Posting(clearing(provider), amount), Posting(into, -amount, customer_id))


def _move(debit: Posting, credit: Posting) -> list[Posting]:
    return [posting for posting in (debit, credit) if posting.amount.cents]
