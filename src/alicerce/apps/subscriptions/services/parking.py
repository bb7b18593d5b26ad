"""Customers whose billing waits for a person: put aside with the reason, and let go on."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Note, Personal
from alicerce.apps.subscriptions.errors import NoSuchSubscription, NotParked
from alicerce.apps.subscriptions.events import CustomerParked, CustomerReleased
from alicerce.apps.subscriptions.models import Schedule
from alicerce.apps.subscriptions.services.hold import held_schedule, known_schedule
from alicerce.apps.subscriptions.types import ParkReason
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish, publish_all


@transaction(shared=True)
def park_all(*, parked: Mapping[UUID, tuple[ParkReason, str]], at: datetime) -> None:
    """Bill nothing more of these customers, whose schedules are held, until somebody looks."""
    if not parked:
        return
    schedules = Schedule.objects.filter(customer_id__in=parked.keys())
    for schedule in schedules:
        reason, detail = parked[schedule.customer_id]
        schedule.put_aside(reason, detail, at=at)
    Schedule.objects.bulk_update(schedules, PARKING)
    audit.record_all(notes=[_note(schedule) for schedule in schedules], at=at)
    publish_all(
        [
            CustomerParked(at=at, customer_id=each.customer_id, reason=each.parked_reason)
            for each in schedules
        ]
    )


@transaction()
def park(*, customer_id: UUID, reason: ParkReason, detail: str, at: datetime) -> None:
    held_schedule(customer_id=customer_id)
    park_all(parked={customer_id: (reason, detail)}, at=at)


@transaction()
def release(*, customer_id: UUID, at: datetime) -> None:
    """Bill them again, this once whatever the bounds say. Raises NoSuchSubscription, NotParked."""
    schedule = known_schedule(customer_id=customer_id)
    if schedule is None:
        raise NoSuchSubscription
    before = schedule.parked_reason
    if not schedule.release(waive=before in BOUNDS):
        raise NotParked
    audit.record(
        action="billing.released",
        entity="customer",
        entity_id=customer_id,
        before={"reason": before},
        at=at,
    )
    publish(CustomerReleased(at=at, customer_id=customer_id))


def _note(schedule: Schedule) -> Note:
    detail = Personal(schedule.parked_detail, of=f"customer:{schedule.customer_id}")
    return Note(
        "billing.parked",
        "customer",
        schedule.customer_id,
        after={"reason": schedule.parked_reason, "detail": detail},
    )


PARKING = ("parked_at", "parked_reason", "parked_detail", "is_waived")
BOUNDS = frozenset({ParkReason.LINES, ParkReason.AMOUNT})
