"""Read one payment, or one refund, at its provider at once: what was kept of it is in the books without a wait.

The comparison of the quarter of an hour is the net below: whatever fails here is read there.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.books import BookedPayment, BookedRefund
from alicerce.apps.reconciliation.ports import Statement, Told
from alicerce.apps.reconciliation.services.compare import Desk, compare_told
from alicerce.apps.reconciliation.services.take_run import TROUBLE, open_statement
from alicerce.kernel import locks
from alicerce.kernel.db import transaction

T = TypeVar("T", BookedPayment, BookedRefund)

logger = logging.getLogger("alicerce.reconciliation")


def read_payment(*, payment_id: UUID, at: datetime) -> bool:
    """Whether its provider told of it. The same once more changes nothing."""
    with transaction():
        found = billing.booked_payment(payment_id)
    return _read(found, lambda said, one: said.find_payment(one.reference), at=at)


def read_refund(*, refund_id: UUID, at: datetime) -> bool:
    with transaction():
        found = billing.booked_refund(refund_id)
    return _read(
        found, lambda said, one: said.find_refund(one.reference, one.payment_reference), at=at
    )


def _read(
    found: T | None,
    ask: Callable[[Statement, T], Told | None],
    *,
    at: datetime,
) -> bool:
    if found is None or found.account_id is None:
        return False
    desk = Desk(found.account_id, found.provider)
    try:
        told = ask(open_statement(account_id=found.account_id), found)
    except TROUBLE as trouble:
        logger.info("%s is read by the next comparison: %s", found.reference, trouble)
        return False
    if told is not None:
        _write(desk, told, at=at)
    return told is not None


@transaction()
def _write(desk: Desk, told: Told, *, at: datetime) -> None:
    """In turn with the comparisons of the account."""
    locks.hold(f"reconciliation:{desk.account_id}")
    compare_told(told=[told], desk=desk, at=at)
