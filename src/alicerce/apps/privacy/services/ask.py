"""Ask something about one's own data: each request gets a protocol and a day."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db import transaction as django_transaction
from django.urls import reverse

from alicerce.apps.audit import public as audit
from alicerce.apps.customers import public as customers
from alicerce.apps.identity import public as identity
from alicerce.apps.notify import public as notify
from alicerce.apps.privacy.errors import AlreadyAsked, CannotErase, TooLateToWithdraw
from alicerce.apps.privacy.events import ExportRequested
from alicerce.apps.privacy.models import PrivacyRequest, RequestCounter
from alicerce.apps.privacy.rules import COOLING_OFF, due_on
from alicerce.apps.privacy.services.preview import obstacles
from alicerce.apps.privacy.types import RequestKind, RequestStatus
from alicerce.apps.support import public as support
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def ask_for_export(*, user_id: UUID, at: datetime) -> UUID:
    """Raises AlreadyAsked."""
    request = _ask(user_id, RequestKind.EXPORT, RequestStatus.OPEN, at=at)
    publish(ExportRequested(at=at, request_id=request.id))
    return request.id


@transaction()
def ask_for_correction(*, user_id: UUID, words: str, at: datetime) -> UUID:
    """What people cannot correct themselves, the team does: a ticket carries their words.

    Raises AlreadyAsked.
    """
    request = _ask(user_id, RequestKind.CORRECTION, RequestStatus.OPEN, at=at)
    acted_for = customers.customers_of_user(user_id)
    support.open_ticket(
        subject=f"Correção de dados pessoais, protocolo {request.protocol}",
        body=words,
        key=f"privacy:{request.id}",
        customer_id=acted_for[0] if acted_for else None,
        entity="privacy_request",
        entity_id=request.id,
        at=at,
    )
    return request.id


@transaction()
def ask_for_erasure(*, user_id: UUID, at: datetime) -> UUID:
    """Nothing is erased before the days to think it over have passed.

    Raises CannotErase, AlreadyAsked.
    """
    if obstacles(user_id=user_id):
        raise CannotErase
    runs_at = at + COOLING_OFF
    request = _ask(
        user_id, RequestKind.ERASURE, RequestStatus.SCHEDULED, at=at, runs_at=runs_at
    )
    write_to_person(request=request, template="erasure_scheduled", at=at)
    return request.id


@transaction()
def withdraw(*, request_id: UUID, at: datetime) -> None:
    """Raises PrivacyRequest.DoesNotExist, TooLateToWithdraw."""
    request = PrivacyRequest.objects.lock(request_id)
    if not request.close(RequestStatus.WITHDRAWN, at=at):
        raise TooLateToWithdraw
    note(request=request, what="withdrawn", at=at)


@transaction()
def answer(*, request_id: UUID, at: datetime) -> None:
    """What was asked has been done by a person. The second time changes nothing."""
    request = PrivacyRequest.objects.lock(request_id)
    if request.kind == RequestKind.CORRECTION and request.close(RequestStatus.DONE, at=at):
        note(request=request, what="answered", at=at)


def note(*, request: PrivacyRequest, what: str, at: datetime) -> None:
    audit.record(
        action=f"privacy_request.{what}",
        entity="privacy_request",
        entity_id=request.id,
        after={"kind": request.kind, "status": request.status},
        at=at,
    )


def write_to_person(*, request: PrivacyRequest, template: str, at: datetime) -> None:
    """The link is good for nobody else: it asks who they are."""
    person, tenant = identity.person(request.user_id), tenancy.tenant_card()
    if person is None:
        return
    notify.send(
        template=template,
        to=person.email,
        key=f"{template}:{request.id}",
        values={
            "name": person.name,
            "protocol": request.protocol,
            "link_privacy": tenant.base_url + reverse("account_privacy"),
        },
        at=at,
        locale=person.locale,
    )


def _ask(
    user_id: UUID, kind: RequestKind, status: RequestStatus, *, at: datetime, **given: Any
) -> PrivacyRequest:
    try:
        with django_transaction.atomic():
            request: PrivacyRequest = PrivacyRequest.objects.create(
                number=RequestCounter.next(),
                user_id=user_id,
                kind=kind,
                status=status,
                asked_at=at,
                due_on=due_on(at, time_zone=tenancy.tenant_card().time_zone),
                **given,
            )
    except IntegrityError as clash:
        raise AlreadyAsked from clash
    note(request=request, what="asked", at=at)
    return request
