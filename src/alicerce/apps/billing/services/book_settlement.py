"""Write down what became of money at a provider: its fees, and what reached the bank. Each once."""

from datetime import datetime

from alicerce.apps.billing.models import PlatformFee
from alicerce.apps.billing.queries.settled import earned_key, fee_key
from alicerce.apps.billing.rules.postings import fee_kept, platform_fee_earned
from alicerce.apps.billing.types.books import BankMove
from alicerce.apps.billing.types.connecting import PlatformShare
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import BANK, Posting
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


@transaction(shared=True)
def book_fee(
    *,
    provider: str,
    reference: str,
    amount: Money,
    at: datetime,
    share: PlatformShare | None = None,
) -> bool:
    """What was kept of what a provider held for us, by it and by the platform. False when it is booked already.

    Below zero it was given back.
    """
    cents = share.cents if share else 0
    posted = ledger.post_once(
        kind="provider.fee",
        key=fee_key(provider, reference),
        postings=fee_kept(amount=amount, provider=provider, platform=cents),
        at=at,
    )
    if posted and share and cents:
        PlatformFee.objects.create(
            account_id=share.account_id,
            payment_id=share.payment_id,
            external_id=reference,
            refund_reference=share.refund_reference,
            amount_cents=cents,
            currency=amount.currency,
            happened_at=share.happened_at,
        )
    return posted


@transaction(shared=True)
def book_platform_fee(*, provider: str, reference: str, amount: Money, at: datetime) -> bool:
    """The platform's own side: what a company's payment left it. Below zero it gave that back."""
    return ledger.post_once(
        kind="platform.fee",
        key=earned_key(provider, reference),
        postings=platform_fee_earned(amount=amount, provider=provider),
        at=at,
    )


@transaction(shared=True)
def book_bank_move(*, move: BankMove, at: datetime) -> bool:
    """False when it is in the books already."""
    return ledger.post_once(kind="bank.moved", key=move.key, postings=_sides(move), at=at)


@transaction(shared=True)
def take_back_bank_move(*, move: BankMove, at: datetime) -> bool:
    """It was taken for another than it was: the mirror. False when that is in the books already."""
    sides = [-side for side in _sides(move)]
    return ledger.post_once(
        kind="bank.move_undone", key=f"{move.key}:undone", postings=sides, at=at
    )


def _sides(move: BankMove) -> list[Posting]:
    return [Posting(BANK, move.amount), Posting(move.against, -move.amount)]
