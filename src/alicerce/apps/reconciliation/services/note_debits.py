"""Debits that no bank said anything of: a row until one does."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.reconciliation.services.note_differences import note_differences
from alicerce.apps.reconciliation.types import DifferenceKind, Found
from alicerce.kernel.db import transaction

KIND = DifferenceKind.DEBIT_UNANSWERED


@transaction()
def note_unanswered(*, charge_id: UUID, at: datetime) -> None:
    """What we asked for is on record, what came is not: an amount that nobody told is absent, not zero."""
    charge = billing.charge(charge_id)
    found = Found(
        kind=KIND,
        reference=charge.external_id or str(charge_id),
        currency=charge.amount.currency,
        happened_at=charge.begun_at,
        here_cents=charge.amount.cents,
    )
    subject = _subject(charge_id)
    note_differences(seen={subject: [found]}, account_id=charge.account_id, at=at, only=[KIND])


@transaction()
def note_answered(*, charge_id: UUID, at: datetime) -> None:
    """Closes its row where there is one."""
    note_differences(seen={_subject(charge_id): []}, account_id=None, at=at, only=[KIND])


def _subject(charge_id: UUID) -> str:
    return f"debit {charge_id}"
