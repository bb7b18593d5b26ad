"""Standing in another person's place: for a reason, for half an hour, and never unseen."""

from collections.abc import MutableMapping
from datetime import datetime
from typing import Any
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.identity.models import Impersonation, User
from alicerce.apps.identity.ports import letters
from alicerce.apps.identity.rules import IMPERSONATION_LASTS
from alicerce.apps.identity.types import Errand
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction

SEEN = "impersonation"
"""Where the actor's session keeps which one it is, its company, and where it was begun from."""


@transaction()
def start_impersonation(
    *,
    actor_id: UUID,
    subject_id: UUID,
    errand: Errand,
    at: datetime,
    consent_id: UUID | None = None,
) -> UUID:
    """Nobody is signed in as anybody: this is a note beside the actor's own session."""
    begun = Impersonation.objects.create(
        actor_id=actor_id,
        subject_id=subject_id,
        area=errand.area,
        reason=errand.reason,
        ticket=errand.ticket,
        may_write=errand.may_write,
        consent_id=consent_id,
        started_at=at,
        ends_at=at + IMPERSONATION_LASTS,
    )
    audit.record(
        action="impersonation.started",
        entity="person",
        entity_id=subject_id,
        after={
            "impersonation": begun.id,
            "area": errand.area,
            "ticket": bool(errand.ticket),
            "may_write": errand.may_write,
        },
        at=at,
    )
    _tell(User.objects.get(pk=subject_id), begun)
    return UUID(str(begun.id))


def _tell(subject: User, begun: Impersonation) -> None:
    letters["notify"].send(
        template="impersonated",
        to=subject.email,
        values={
            "reason": begun.reason,
            "ticket": begun.ticket,
            "may_write": "1" if begun.may_write else "",
        },
        at=begun.started_at,
        locale=subject.locale,
    )


@transaction()
def end_impersonation(*, impersonation_id: UUID, at: datetime) -> None:
    """Twice is as good as once."""
    begun = Impersonation.objects.lock(impersonation_id)
    if begun.end(at=at):
        audit.record(
            action="impersonation.ended",
            entity="person",
            entity_id=begun.subject_id,
            after={"impersonation": begun.id},
            at=at,
        )


def end_impersonations_by(*, consent_id: UUID, at: datetime) -> None:
    """What began by this yes of the company's is over: the actor's next request finds it so."""
    for begun in Impersonation.objects.filter(consent_id=consent_id, ended_at=None):
        end_impersonation(impersonation_id=begun.id, at=at)


def end_of_session(*, session: MutableMapping[str, Any], at: datetime) -> str:
    """Close what this session sees as another person. Where it was begun from; nothing if none."""
    said = session.pop(SEEN, None)
    if not said:
        return ""
    with acting(tenant_id=UUID(said["tenant"])):
        end_impersonation(impersonation_id=UUID(said["id"]), at=at)
    return str(said["back"])
