"""Carry out an erasure, and come back for what a law made us keep."""

from collections.abc import Collection
from datetime import UTC, datetime, time
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.collecting import public as collecting
from alicerce.apps.customers import public as customers
from alicerce.apps.privacy.events import PersonForgotten
from alicerce.apps.privacy.models import PrivacyRequest
from alicerce.apps.privacy.rules import LOGS_KEPT, next_visit
from alicerce.apps.privacy.services.ask import note
from alicerce.apps.privacy.services.holders import HOLDERS, PERSON, subjects_of
from alicerce.apps.privacy.services.preview import kept_until, obstacles
from alicerce.apps.privacy.types import RequestKind, RequestStatus
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.personal import Subject
from alicerce.kernel.queueing import forget_jobs


@transaction()
def carry_out_erasure(*, request_id: UUID, at: datetime) -> None:
    """Erase what may be erased by now. Safe to repeat; a contract made meanwhile refuses it."""
    request = (
        PrivacyRequest.objects.due(at).select_for_update(of=("self",)).filter(pk=request_id)
    )
    found = request.first()
    if found is None or found.kind != RequestKind.ERASURE:
        return
    if found.status == RequestStatus.SCHEDULED and not _begin(found, at):
        return
    _forget(found, at=at)
    publish(PersonForgotten(at=at, request_id=found.id, user_id=found.user_id))


def _begin(request: PrivacyRequest, at: datetime) -> bool:
    if obstacles(user_id=request.user_id):
        request.close(RequestStatus.REFUSED, at=at)
        note(request=request, what="refused", at=at)
        return False
    sole = customers.sole_customers_of(request.user_id)
    request.begin_erasure(customers=sole, kept_until=kept_until(customer_ids=sole), at=at)
    note(request=request, what="carried_out", at=at)
    return True


def _forget(request: PrivacyRequest, *, at: datetime) -> None:
    assert request.closed_at is not None
    logs_until, law_until = request.closed_at + LOGS_KEPT, _midnight(request)
    subjects = subjects_of(
        user_id=request.user_id, customer_ids=[UUID(each) for each in request.customers]
    )
    keeping = law_until is not None and at < law_until
    for holder in HOLDERS:
        holder.forget(subjects, keeping=keeping)
    if not customers.is_known_beyond(user_id=request.user_id, tenant_id=None):
        PERSON.forget(subjects, keeping=keeping)
    forget_jobs(tenant_id=current_tenant_id(), mentioning=_names(subjects))
    collecting.give_up_payers(customer_ids=[UUID(each) for each in request.customers], at=at)
    _shred(subjects, with_logs=at >= logs_until, at=at)
    request.visit_again(next_visit((logs_until, law_until), at=at))


def _names(subjects: Collection[Subject]) -> list[str]:
    """Our own ids and addresses: what a provider calls something may be a word like any other."""
    return [each.value for each in subjects if each.kind != "provider_object"]


def _shred(subjects: Collection[Subject], *, with_logs: bool, at: datetime) -> None:
    """The trail's keys; the addresses somebody came from are kept as long as the law wants them."""
    for subject in sorted(subjects):
        if with_logs or subject.kind != "user":
            audit.forget(subject=str(subject), at=at)


def _midnight(request: PrivacyRequest) -> datetime | None:
    return datetime.combine(request.kept_until, time(), UTC) if request.kept_until else None
