"""Suspend and resume: put and lift the holds of a service. Each cause is lifted by who put it."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.hosting.errors import NotSuspended, ServiceIsOver
from alicerce.apps.hosting.models import Hold, Service
from alicerce.apps.hosting.services.operations.reconcile import (
    Held,
    hold_service,
    weigh_holds,
)
from alicerce.apps.hosting.types import Cause, Origin, Scope
from alicerce.kernel.db import transaction


@transaction()
def suspend_service(
    *, service_id: UUID, cause: Cause, reason: str, at: datetime, scope: Scope = Scope.ALL
) -> bool:
    """By a person. False when it is held so already. Raises UnknownAccount, ServiceIsOver."""
    held = hold_service(service_id)
    if is_over(held.service):
        raise ServiceIsOver
    hold = Hold(
        service=held.service,
        cause=cause,
        origin=Origin.PERSON,
        scope=scope,
        reason=reason,
        since=at,
    )
    return put(held, hold, at=at)


@transaction()
def resume_service(*, service_id: UUID, reason: str, at: datetime) -> bool:
    """By a person, who answers for every cause that is lifted, and calls off a planned removal.

    Raises UnknownAccount, ServiceIsOver, NotSuspended.
    """
    held = hold_service(service_id)
    if is_over(held.service):
        raise ServiceIsOver
    if not lift(held, tuple(Origin), at=at, reason=reason):
        raise NotSuspended
    return True


def held_of_line(line_id: UUID) -> Held | None:
    found = Service.objects.filter(line_id=line_id).values_list("id", flat=True).first()
    return hold_service(found) if found else None


def put(held: Held, hold: Hold, *, at: datetime) -> bool:
    """Part of its caller's transaction."""
    if not Hold.objects.put(hold):
        return False
    _record(
        held.service,
        "service.held",
        {"cause": hold.cause, "scope": hold.scope},
        hold.reason,
        at,
    )
    weigh_holds(held, at=at)
    return True


def lift(held: Held, origins: tuple[Origin, ...], *, at: datetime, reason: str = "") -> bool:
    """Part of its caller's transaction."""
    lifted = Hold.objects.lift(held.service, origins)
    if not lifted:
        return False
    if held.service.removal_due_at:
        held.service.schedule_removal(None)
    _record(held.service, "service.let_go", {"causes": [str(c) for c in lifted]}, reason, at)
    weigh_holds(held, at=at)
    return True


def is_over(service: Service) -> bool:
    """Removed, or about to be: a person has said so."""
    return service.removal_confirmed_at is not None


def _record(
    service: Service, action: str, after: dict[str, object], reason: str, at: datetime
) -> None:
    said = {"reason": Personal(reason, of=f"customer:{service.customer_id}")} if reason else {}
    audit.record(
        action=action, entity="service", entity_id=service.id, after={**after, **said}, at=at
    )
