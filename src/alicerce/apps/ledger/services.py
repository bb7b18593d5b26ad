"""Post movements: both sides or none, and each once."""

from collections.abc import Sequence
from datetime import datetime

from alicerce.apps.ledger.models import LedgerTransaction
from alicerce.apps.ledger.queries.balances import is_posted
from alicerce.apps.ledger.types import Movement, Posting
from alicerce.kernel import locks
from alicerce.kernel.db import transaction


@transaction(shared=True)
def post(*, kind: str, key: str, postings: Sequence[Posting], at: datetime) -> None:
    """Write a movement and all its sides. The database refuses a key it knows, and sides that do not balance."""
    LedgerTransaction.post(kind=kind, key=key, postings=postings, at=at)


@transaction(shared=True)
def post_all(*, movements: Sequence[Movement], at: datetime) -> None:
    """Write many movements and all their sides: two statements, however many."""
    LedgerTransaction.post_all(movements, at=at)


@transaction(shared=True)
def post_once(*, kind: str, key: str, postings: Sequence[Posting], at: datetime) -> bool:
    """Whoever else writes the same waits, and finds it written. False when it is in the books already."""
    locks.hold(f"ledger:{key}")
    if is_posted(key):
        return False
    LedgerTransaction.post(kind=kind, key=key, postings=postings, at=at)
    return True
