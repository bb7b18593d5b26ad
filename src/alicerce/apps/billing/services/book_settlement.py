"""Write down what became of money at a provider: its fees, and what reached the bank. Each once."""

from collections.abc import Sequence
from datetime import datetime

from alicerce.apps.billing.models import LedgerTransaction
from alicerce.apps.billing.queries.settled import fee_key
from alicerce.apps.billing.rules.postings import BANK, clearing, fees
from alicerce.apps.billing.types import Posting
from alicerce.apps.billing.types.books import BankMove
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


@transaction(shared=True)
def book_fee(*, provider: str, reference: str, amount: Money, at: datetime) -> bool:
    """What a provider kept for itself of what it held for us. False when it is in the books already.

    Below zero it was given back.
    """
    sides = [Posting(fees(provider), amount), Posting(clearing(provider), -amount)]
    return _post_once("provider.fee", fee_key(provider, reference), sides, at=at)


@transaction(shared=True)
def book_bank_move(*, move: BankMove, at: datetime) -> bool:
    """False when it is in the books already."""
    return _post_once("bank.moved", move.key, _sides(move), at=at)


@transaction(shared=True)
def take_back_bank_move(*, move: BankMove, at: datetime) -> bool:
    """It was taken for another than it was: the mirror. False when that is in the books already."""
    sides = [-side for side in _sides(move)]
    return _post_once("bank.move_undone", f"{move.key}:undone", sides, at=at)


def _sides(move: BankMove) -> list[Posting]:
    return [Posting(BANK, move.amount), Posting(move.against, -move.amount)]


def _post_once(kind: str, key: str, sides: Sequence[Posting], *, at: datetime) -> bool:
    """Whoever else writes the same waits, and finds it written."""
    locks.hold(f"ledger:{key}")
    if LedgerTransaction.objects.filter(correlation_key=key).exists():
        return False
    LedgerTransaction.post(kind=kind, key=key, postings=sides, at=at)
    return True
