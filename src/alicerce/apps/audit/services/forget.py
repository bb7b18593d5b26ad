"""Erase somebody from the trail without touching it: destroy the key of what it says of them."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit.models import SubjectKey
from alicerce.apps.audit.rules.keeping import lapsed_before
from alicerce.apps.audit.services.record import record
from alicerce.kernel.db import transaction


@transaction()
def forget(*, subject: str, at: datetime) -> bool:
    """Make what the current tenant's trail says of this subject unreadable, and write down that we did.

    False when there was nothing to read.
    """
    destroyed, _ = SubjectKey.objects.filter(subject=subject).delete()
    if destroyed:
        record(
            action="subject.forgotten",
            entity="subject",
            entity_id=_id_of(subject),
            after={"subject": subject},
            at=at,
        )
    return bool(destroyed)


@transaction()
def forget_visitors(*, at: datetime) -> int:
    """How many months of visitors' addresses nobody has to keep any longer."""
    lapsed = SubjectKey.objects.visitors().filter(created_at__lt=lapsed_before(at))
    return sum(forget(subject=key.subject, at=at) for key in lapsed)


def _id_of(subject: str) -> UUID | None:
    try:
        return UUID(subject.partition(":")[2])
    except ValueError:
        return None
