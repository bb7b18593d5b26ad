"""Write down what became of money at a provider: its fees, and what reached the bank. Each once."""

from datetime import datetime

from alicerce.apps.billing.queries.settled import fee_key
from alicerce.apps.billing.rules.postings import clearing, fees
from alicerce.apps.billing.types.books import BankMove
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import BANK, Posting
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


@transaction(shared=True)
def book_fee(*, provider: str, reference: str, amount: Money, at: datetime) -> bool:
    """What a provider kept for itself of what it held for us. False when it is in the books already.

    Below zero it was given back.
    """
    sides = [Posting(fees(provider), amount), Posting(clearing(provider), -amount)]
    return ledger.post_once(
        kind="provider.fee", key=fee_key(provider, reference), postings=sides, at=at
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
