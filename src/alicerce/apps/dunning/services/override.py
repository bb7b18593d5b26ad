"""Let something else hold for one customer."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.dunning.errors import OverrideOfNothing
from alicerce.apps.dunning.models import Override, Walk
from alicerce.apps.dunning.queries.ladders import ladder as card_of
from alicerce.kernel.db import transaction


@dataclass(frozen=True, slots=True)
class NewOverride:
    """What is asked for a customer: at least one of the three, and why."""

    reason: str
    ladder_id: UUID | None = None
    extra_days: int = 0
    exempt_until: date | None = None


@transaction()
def set_override(*, customer_id: UUID, wanted: NewOverride, at: datetime) -> None:
    """In place of what held before. Nothing that was done is undone.

    Raises OverrideOfNothing, NoSuchLadder.
    """
    if not (wanted.ladder_id or wanted.extra_days or wanted.exempt_until):
        raise OverrideOfNothing
    if wanted.ladder_id:
        card_of(wanted.ladder_id)
    Override.objects.update_or_create(
        customer_id=customer_id,
        defaults={
            "ladder_id": wanted.ladder_id,
            "extra_days": wanted.extra_days,
            "exempt_until": wanted.exempt_until,
            "reason": wanted.reason,
            "set_at": at,
        },
    )
    _note(customer_id, "dunning.override_set", at, wanted)


@transaction()
def lift_override(*, customer_id: UUID, at: datetime) -> bool:
    """The rule holds again. False when it did."""
    gone, _ = Override.objects.filter(customer_id=customer_id).delete()
    if gone:
        _note(customer_id, "dunning.override_lifted", at)
    return bool(gone)


def _note(
    customer_id: UUID, action: str, at: datetime, wanted: NewOverride | None = None
) -> None:
    Walk.objects.filter(customer_id=customer_id).look_again(at=at)
    audit.record(
        action=action,
        entity="customer",
        entity_id=customer_id,
        after=_told(customer_id, wanted) if wanted else {},
        at=at,
    )


def _told(customer_id: UUID, wanted: NewOverride) -> dict[str, str | int | Personal | None]:
    return {
        "ladder_id": str(wanted.ladder_id) if wanted.ladder_id else None,
        "extra_days": wanted.extra_days,
        "exempt_until": str(wanted.exempt_until) if wanted.exempt_until else None,
        "reason": Personal(wanted.reason, of=f"customer:{customer_id}"),
    }
