"""What people do about a difference: take it, explain it, write about it, have it booked."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.reconciliation.errors import (
    DifferenceOver,
    NoSuchDifference,
    NotAMember,
    NotBookable,
)
from alicerce.apps.reconciliation.events import BookingAsked
from alicerce.apps.reconciliation.models import Difference, DifferenceNote
from alicerce.apps.reconciliation.types import BOOKABLE, DifferenceState
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def assign_difference(*, difference_id: UUID, owner_id: UUID | None, at: datetime) -> bool:
    """Whose it is from now on; nobody's, without one. Raises NoSuchDifference, DifferenceOver, NotAMember."""
    row = _standing(difference_id)
    if owner_id and not tenancy.is_member(owner_id):
        raise NotAMember
    before = row.owner_id
    if not row.take(owner_id):
        return False
    audit.record(
        action="reconciliation.difference_assigned",
        entity="difference",
        entity_id=row.id,
        before={"owner_id": before},
        after={"owner_id": owner_id},
        at=at,
    )
    return True


@transaction()
def explain_difference(*, difference_id: UUID, reason: str, at: datetime) -> None:
    """It is understood and stays: until the figures change, or both sides agree. Raises as above."""
    row = _standing(difference_id)
    row.explain(reason)
    audit.record(
        action="reconciliation.difference_explained",
        entity="difference",
        entity_id=row.id,
        after={"state": DifferenceState.EXPLAINED},
        at=at,
    )


@transaction()
def write_note(*, difference_id: UUID, author_id: UUID, text: str, at: datetime) -> None:
    """Also of one that is over. Raises NoSuchDifference."""
    if not Difference.objects.filter(pk=difference_id).exists():
        raise NoSuchDifference
    DifferenceNote(
        difference_id=difference_id, author_id=author_id, text=text, written_at=at
    ).save(force_insert=True)
    audit.record(
        action="reconciliation.note_written",
        entity="difference",
        entity_id=difference_id,
        at=at,
    )


@transaction()
def ask_booking(*, difference_id: UUID, at: datetime) -> None:
    """Have billing book what the provider says when asked. Raises NotBookable, too."""
    row = _standing(difference_id)
    if row.kind not in BOOKABLE or row.account_id is None:
        raise NotBookable
    row.ask_booking(at=at)
    audit.record(
        action="reconciliation.booking_asked",
        entity="difference",
        entity_id=row.id,
        after={"kind": row.kind, "reference": row.reference},
        at=at,
    )
    publish(BookingAsked(at=at, difference_id=row.id))


def _standing(difference_id: UUID) -> Difference:
    try:
        row: Difference = Difference.objects.lock(difference_id)
    except Difference.DoesNotExist:
        raise NoSuchDifference from None
    if row.state == DifferenceState.RESOLVED:
        raise DifferenceOver
    return row
