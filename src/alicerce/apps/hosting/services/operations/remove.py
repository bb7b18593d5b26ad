"""The end of a service: suspended at once, removed on a day that was said, when somebody says so."""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting.errors import (
    NoRemovalPlanned,
    NotSuspended,
    RemovalNotDue,
    ServiceIsOver,
)
from alicerce.apps.hosting.events import RemovalDue, RemovalScheduled
from alicerce.apps.hosting.models import Policy, Service
from alicerce.apps.hosting.services.operations import letters
from alicerce.apps.hosting.services.operations.reconcile import (
    Held,
    hold_service,
    reconcile,
)
from alicerce.apps.hosting.types import Desired, Remover
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def plan_removal(*, service_id: UUID, at: datetime) -> None:
    """By a person, of what is suspended. Twice is once. Raises UnknownAccount, ServiceIsOver, NotSuspended."""
    service = hold_service(service_id).service
    if service.removal_confirmed_at:
        raise ServiceIsOver
    if not service.suspension_cause:
        raise NotSuspended
    if service.removal_due_at is None:
        schedule(service, at=at)


@transaction()
def call_off_removal(*, service_id: UUID, at: datetime) -> None:
    """It stays suspended. Raises UnknownAccount, ServiceIsOver, NoRemovalPlanned."""
    held, due_at = _planned(service_id)
    service = held.service
    service.schedule_removal(None)
    audit.record(
        action="service.removal_called_off",
        entity="service",
        entity_id=service.id,
        before={"due": due_at.isoformat()},
        at=at,
    )


@transaction()
def confirm_removal(*, service_id: UUID, at: datetime) -> None:
    """From here on nothing brings it back.

    Raises UnknownAccount, ServiceIsOver, NoRemovalPlanned, RemovalNotDue.
    """
    held, due_at = _planned(service_id)
    service = held.service
    if due_at > at:
        raise RemovalNotDue
    service.confirm_removal(at=at)
    service.want(Desired.TERMINATED)
    audit.record(
        action="service.removal_confirmed", entity="service", entity_id=service.id, at=at
    )
    reconcile(held, at=at)


@transaction()
def due_removals(*, at: datetime, limit: int = 500) -> list[UUID]:
    """Those whose day has come and who still wait for somebody."""
    due = Service.objects.waiting_for_removal().filter(removal_due_at__lte=at)
    if Policy.objects.custom().remover == Remover.PERSON:
        due = due.filter(removal_asked_at=None)
    return list(due.order_by("removal_due_at").values_list("id", flat=True)[:limit])


@transaction()
def see_to_removal(*, service_id: UUID, at: datetime) -> None:
    """Ask a person, once; or do it, where the company said that the clock may."""
    if Policy.objects.custom().remover == Remover.CLOCK:
        return confirm_removal(service_id=service_id, at=at)
    service = _planned(service_id)[0].service
    if service.removal_asked_at is None:
        service.note_asked(at=at)
        publish(
            RemovalDue(
                at=at,
                service_id=service.id,
                customer_id=service.customer_id,
                domain=service.domain,
            )
        )
    return None


def _planned(service_id: UUID) -> tuple[Held, datetime]:
    held = hold_service(service_id)
    if held.service.removal_confirmed_at:
        raise ServiceIsOver
    if held.service.removal_due_at is None:
        raise NoRemovalPlanned
    return held, held.service.removal_due_at


def schedule(service: Service, *, at: datetime) -> None:
    """Part of its caller's transaction."""
    due_at = at + timedelta(days=Policy.objects.custom().days_until_removal)
    service.schedule_removal(due_at)
    letters.tell_removal(service, at=at)
    audit.record(
        action="service.removal_planned",
        entity="service",
        entity_id=service.id,
        after={"due": due_at.isoformat()},
        at=at,
    )
    publish(
        RemovalScheduled(
            at=at,
            service_id=service.id,
            customer_id=service.customer_id,
            line_id=service.line_id,
            due_at=due_at,
        )
    )
