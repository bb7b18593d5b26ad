"""What each movement of money writes in the ledger. Debits are above zero and every list sums to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from alicerce.apps.billing.types import MANUAL, InvoiceKind, NewLine, PaymentFit
from alicerce.apps.billing.types.corrections import RefundSource
from alicerce.apps.ledger.types import (
    BAD_DEBT,
    BANK,
    DEFERRED,
    DEPOSITS,
    GOODWILL,
    OPENING,
    PLATFORM_FEES,
    PLATFORM_INCOME,
    RECEIVABLE,
    REFUNDING,
    REVENUE,
    SUSPENSE,
    TAX_PAYABLE,
    TAX_WITHHELD,
    WALLET,
    Posting,
)
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Taxes:
    """What of an amount is tax, and what of that the customer kept back. In the currency of the amount."""

    payable: int = 0
    withheld: int = 0


UNTAXED = Taxes()


class MixedLines(ValueError):
    """No lines, two currencies, or a total below zero."""


def clearing(provider: str) -> str:
    """The account of what a provider holds for us until it pays out."""
    return f"clearing:{provider}"


def holder(provider: str) -> str:
    """Where the money of a payment is: at its provider, or in our bank when it came past them all."""
    return BANK if provider == MANUAL else clearing(provider)


def fees(provider: str) -> str:
    """What a provider keeps of what it handles, for whatever reason; what came past them all, the bank."""
    return f"fees:{BANK if provider == MANUAL else provider}"


def fee_kept(*, amount: Money, provider: str, platform: int = 0) -> list[Posting]:
    """What left a payment before it is paid out: so much of it the platform's, the rest its provider's."""
    share = Money(platform, amount.currency)
    return _some(
        Posting(fees(provider), amount - share),
        Posting(PLATFORM_FEES, share),
        Posting(clearing(provider), -amount),
    )


def platform_fee_earned(*, amount: Money, provider: str) -> list[Posting]:
    """In the platform's own books."""
    return _move(Posting(clearing(provider), amount), Posting(PLATFORM_INCOME, -amount))


def income_of(kind: InvoiceKind) -> str:
    """Funds are not revenue: they stay the customer's."""
    return DEPOSITS if kind == InvoiceKind.FUNDS else REVENUE


def total_of(lines: Sequence[NewLine]) -> Money:
    """Raises MixedLines."""
    if len({line.unit.currency for line in lines}) != 1:
        raise MixedLines
    total = Money(sum(line.total.cents for line in lines), lines[0].unit.currency)
    if total.cents < 0 or any(line.quantity < 1 for line in lines):
        raise MixedLines
    return total


def invoice_opened(
    *,
    total: Money,
    customer_id: UUID,
    kind: InvoiceKind = InvoiceKind.SALE,
    taxes: Taxes = UNTAXED,
    deferred: Money | None = None,
) -> list[Posting]:
    """What is asked for and what is kept back are income, but for the taxes and for days to come."""
    return _some(
        Posting(RECEIVABLE, total, customer_id), *_earned(total, taxes, kind, deferred)
    )


def deferred(*, amount: Money) -> list[Posting]:
    return _move(Posting(REVENUE, amount), Posting(DEFERRED, -amount))


def recognized(*, amount: Money) -> list[Posting]:
    return [-side for side in deferred(amount=amount)]


def _earned(
    amount: Money, taxes: Taxes, kind: InvoiceKind, later: Money | None
) -> list[Posting]:
    """Of what a customer is asked for and what is kept back, what is ours, what will be, and what is tax."""
    payable = Money(taxes.payable, amount.currency)
    withheld = Money(taxes.withheld, amount.currency)
    to_come = later or Money(0, amount.currency)
    return [
        Posting(income_of(kind), payable - amount - withheld + to_come),
        Posting(DEFERRED, -to_come),
        Posting(TAX_PAYABLE, -payable),
        Posting(TAX_WITHHELD, withheld),
    ]


def _taken_back(
    amount: Money,
    taxes: Taxes,
    unearned: Money | None,
    kind: InvoiceKind = InvoiceKind.SALE,
) -> list[Posting]:
    return [-side for side in _earned(amount, taxes, kind, unearned)]


def invoice_voided(
    *,
    total: Money,
    customer_id: UUID,
    paid: Money | None = None,
    kind: InvoiceKind = InvoiceKind.SALE,
    taxes: Taxes = UNTAXED,
    unearned: Money | None = None,
) -> list[Posting]:
    """What it still asked for is gone; what was paid of it becomes credit."""
    back = paid or Money(0, total.currency)
    return _some(
        *_taken_back(total + back, taxes, unearned, kind),
        Posting(RECEIVABLE, -total, customer_id),
        Posting(WALLET, -back, customer_id),
    )


def payment_received(
    *,
    amount: Money,
    provider: str,
    fit: PaymentFit,
    customer_id: UUID | None,
    extra: Money | None = None,
) -> list[Posting]:
    """What came in is owed by the provider, and paid for, kept for, or owed to somebody.

    The extra of it is the customer's until the invoice that asks for it takes it, in the same commit.
    """
    into = {
        PaymentFit.APPLIED: RECEIVABLE,
        PaymentFit.CREDITED: WALLET,
        PaymentFit.FLAGGED: SUSPENSE,
    }[fit]
    beyond = extra or Money(0, amount.currency)
    return _some(
        Posting(holder(provider), amount),
        Posting(into, beyond - amount, customer_id),
        Posting(WALLET, -beyond, customer_id),
    )


def funds_added(*, total: Money, customer_id: UUID) -> list[Posting]:
    return _move(Posting(DEPOSITS, total), Posting(WALLET, -total, customer_id))


def owed_before(*, amount: Money, customer_id: UUID) -> list[Posting]:
    return _move(Posting(RECEIVABLE, amount, customer_id), Posting(OPENING, -amount))


def held_before(*, amount: Money, customer_id: UUID) -> list[Posting]:
    return _move(Posting(OPENING, amount), Posting(WALLET, -amount, customer_id))


def wallet_used(*, amount: Money, customer_id: UUID) -> list[Posting]:
    return _move(
        Posting(WALLET, amount, customer_id), Posting(RECEIVABLE, -amount, customer_id)
    )


def given_away(*, amount: Money, customer_id: UUID) -> list[Posting]:
    """What was nobody's is a customer's."""
    return _move(Posting(SUSPENSE, amount), Posting(WALLET, -amount, customer_id))


def wallet_adjusted(*, amount: Money, customer_id: UUID) -> list[Posting]:
    """Above zero it is given, below it is taken."""
    return _move(Posting(GOODWILL, amount), Posting(WALLET, -amount, customer_id))


def credited(
    *,
    relieved: Money,
    to_wallet: Money,
    customer_id: UUID,
    was_written_off: bool,
    taxes: Taxes = UNTAXED,
    unearned: Money | None = None,
) -> list[Posting]:
    """A credit note takes revenue back; what was written off before is not owed any more."""
    against = BAD_DEBT if was_written_off else RECEIVABLE
    return _some(
        *_taken_back(relieved + to_wallet, taxes, unearned),
        Posting(against, -relieved, None if was_written_off else customer_id),
        Posting(WALLET, -to_wallet, customer_id),
    )


def written_off(*, amount: Money, customer_id: UUID) -> list[Posting]:
    return _move(Posting(BAD_DEBT, amount), Posting(RECEIVABLE, -amount, customer_id))


def recovered(*, amount: Money, customer_id: UUID) -> list[Posting]:
    """Somebody pays what was written off: so much of it is owed again, a moment before."""
    return [-side for side in written_off(amount=amount, customer_id=customer_id)]


def refund_held(*, amount: Money, customer_id: UUID) -> list[Posting]:
    """Credit that is on its way back cannot be spent meanwhile."""
    return _move(Posting(WALLET, amount, customer_id), Posting(REFUNDING, -amount, customer_id))


def refund_released(*, amount: Money, customer_id: UUID) -> list[Posting]:
    return [-side for side in refund_held(amount=amount, customer_id=customer_id)]


def payment_refunded(
    *, amount: Money, provider: str, source: RefundSource, customer_id: UUID | None
) -> list[Posting]:
    """The mirror of a payment: the money left whoever held it."""
    out_of = {
        RefundSource.INVOICE: RECEIVABLE,
        RefundSource.WALLET: REFUNDING,
        RefundSource.SUSPENSE: SUSPENSE,
    }[source]
    return _move(Posting(out_of, amount, customer_id), Posting(holder(provider), -amount))


def refund_noted(
    *,
    amount: Money,
    customer_id: UUID,
    taxes: Taxes = UNTAXED,
    unearned: Money | None = None,
) -> list[Posting]:
    """The credit note of a refund: what the payment's mirror says is owed again, is not."""
    return _some(
        *_taken_back(amount, taxes, unearned), Posting(RECEIVABLE, -amount, customer_id)
    )


def refund_bounced(
    *, amount: Money, provider: str, source: RefundSource, customer_id: UUID | None
) -> list[Posting]:
    """A refund that had succeeded failed after all: the money is back, and still the customer's."""
    into = SUSPENSE if source == RefundSource.SUSPENSE else WALLET
    return _move(Posting(holder(provider), amount), Posting(into, -amount, customer_id))


def _move(debit: Posting, credit: Posting) -> list[Posting]:
    return _some(debit, credit)


def _some(*sides: Posting) -> list[Posting]:
    """Those that move something."""
    return [side for side in sides if side.amount.cents]
