"""A company's yes to somebody who wants to stand in a person's place there."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.identity.errors import ConsentIsOver
from alicerce.apps.identity.models import StandInConsent, User
from alicerce.apps.identity.ports import letters
from alicerce.apps.identity.rules import CONSENT_LASTS
from alicerce.apps.identity.services.impersonation import (
    end_impersonations_by,
    start_impersonation,
)
from alicerce.apps.identity.types import Area, Errand
from alicerce.kernel.db import transaction


@transaction()
def ask_consent(
    *,
    actor_id: UUID,
    subject_id: UUID,
    errand: Errand,
    answerers: Collection[UUID],
    path: str,
    at: datetime,
) -> UUID:
    """Write to those who answer for the current company. What waits is asked no second time.

    `path` is the page where they answer; the request's id is put at its end.
    """
    before = StandInConsent.objects.filter(
        actor_id=actor_id, subject_id=subject_id, answered_at=None
    )
    if waiting := before.waiting(at=at).first():
        return UUID(str(waiting.id))
    before.delete()
    asked = StandInConsent.objects.create(
        actor_id=actor_id,
        subject_id=subject_id,
        area=errand.area,
        reason=errand.reason,
        ticket=errand.ticket,
        may_write=errand.may_write,
        asked_at=at,
        expires_at=at + CONSENT_LASTS,
    )
    _record("impersonation.consent_asked", asked, at=at)
    for user in User.objects.filter(pk__in=answerers, is_active=True):
        _write("consent_asked", user, asked, {"path_answer": f"{path}{asked.id}/"}, at=at)
    return UUID(str(asked.id))


@transaction()
def answer_consent(*, consent_id: UUID, by: UUID, is_granted: bool, at: datetime) -> None:
    """Say yes or no, once. Raises ConsentIsOver."""
    asked = StandInConsent.objects.lock(consent_id)
    if by == asked.actor_id or not asked.answer(by=by, is_granted=is_granted, at=at):
        raise ConsentIsOver
    said = "granted" if is_granted else "refused"
    _record(f"impersonation.consent_{said}", asked, at=at)


@transaction()
def tell_answer(
    *, actor_id: UUID, company: str, is_granted: bool, path: str, at: datetime
) -> None:
    """To who asked, from where they work: the current tenant, not the company that answered."""
    actor = User.objects.get(pk=actor_id)
    letters["notify"].send(
        template="consent_answered",
        to=actor.email,
        values={"company": company, "granted": "1" if is_granted else "", "path_start": path},
        at=at,
        locale=actor.locale,
    )


@transaction()
def start_with_consent(*, consent_id: UUID, actor_id: UUID, at: datetime) -> UUID:
    """Stand in for what the company said yes to, once. Raises ConsentIsOver."""
    mine = StandInConsent.objects.filter(pk=consent_id, actor_id=actor_id)
    if not mine.spend(at=at):
        raise ConsentIsOver
    asked = mine.get()
    errand = Errand(Area(asked.area), asked.reason, asked.ticket, asked.may_write)
    _record("impersonation.consent_used", asked, at=at)
    return start_impersonation(
        actor_id=actor_id,
        subject_id=asked.subject_id,
        errand=errand,
        at=at,
        consent_id=consent_id,
    )


@transaction()
def withdraw_consent(*, consent_id: UUID, at: datetime) -> None:
    """Take a yes back: unused it opens nothing, used it ends what it opened. Raises ConsentIsOver."""
    asked = StandInConsent.objects.lock(consent_id)
    if not asked.withdraw(at=at):
        raise ConsentIsOver
    _record("impersonation.consent_withdrawn", asked, at=at)
    end_impersonations_by(consent_id=consent_id, at=at)


def _record(action: str, asked: StandInConsent, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="person",
        entity_id=asked.subject_id,
        after={
            "consent": asked.id,
            "actor_id": asked.actor_id,
            "area": asked.area,
            "may_write": asked.may_write,
        },
        at=at,
    )


def _write(
    template: str, user: User, asked: StandInConsent, more: dict[str, str], *, at: datetime
) -> None:
    letters["notify"].send(
        template=template,
        to=user.email,
        values={
            "actor": asked.actor.name or asked.actor.email,
            "subject": asked.subject.name or asked.subject.email,
            "reason": asked.reason,
            "ticket": asked.ticket,
            "may_write": "1" if asked.may_write else "",
            **more,
        },
        at=at,
        locale=user.locale,
    )
