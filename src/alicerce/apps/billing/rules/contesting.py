"""What a claim on a payment writes in the ledger. Each list sums to zero; they are right in any order."""

from uuid import UUID

from alicerce.apps.billing.rules.postings import fees, holder
from alicerce.apps.billing.types.corrections import RefundSource
from alicerce.apps.ledger.types import CONTESTED, LOSSES, RESERVE, SUSPENSE, WALLET, Posting
from alicerce.kernel.money import Money


def money_moved(*, amount: Money, fee: Money, provider: str) -> list[Posting]:
    """Below zero it was taken from us, above it came back; the fee is gone either way."""
    return _kept(
        Posting(holder(provider), amount - fee),
        Posting(RESERVE, -amount),
        Posting(fees(provider), fee),
    )


def credit_frozen(*, amount: Money, customer_id: UUID | None) -> list[Posting]:
    return _kept(Posting(WALLET, amount, customer_id), Posting(CONTESTED, -amount, customer_id))


def credit_freed(*, amount: Money, customer_id: UUID | None) -> list[Posting]:
    return [-side for side in credit_frozen(amount=amount, customer_id=customer_id)]


def claim_lost(
    *, lost: Money, covered: Money, source: RefundSource, customer_id: UUID | None
) -> list[Posting]:
    """What the customer's credit, or what was nobody's, covers is no loss of ours."""
    out_of = SUSPENSE if source == RefundSource.SUSPENSE else CONTESTED
    return _kept(
        Posting(RESERVE, -lost),
        Posting(out_of, covered, customer_id),
        Posting(LOSSES, lost - covered),
    )


def _kept(*sides: Posting) -> list[Posting]:
    return [side for side in sides if side.amount.cents]
