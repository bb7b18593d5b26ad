"""Money of nobody is a difference from its first moment until it is somebody's, or went back."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.reconciliation.rules.compare import unclaimed
from alicerce.apps.reconciliation.services.compare import payment_subject
from alicerce.apps.reconciliation.services.note_differences import note_differences
from alicerce.apps.reconciliation.types import DifferenceKind
from alicerce.kernel.db import transaction


@transaction()
def note_unclaimed(*, payment_id: UUID, at: datetime) -> int:
    """How many are news. Nobody is asked: all of it is in our own books."""
    booked = billing.booked_payment(payment_id)
    if booked is None:
        return 0
    subject = payment_subject(provider=booked.provider, reference=booked.reference)
    found = [unclaimed(booked)] if booked.unclaimed_cents else []
    return note_differences(
        seen={subject: found},
        account_id=booked.account_id,
        at=at,
        only=[DifferenceKind.UNCLAIMED],
    )
