"""Ask for a transfer, and ask for its source to be examined once more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db import transaction as django_transaction

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.hosting import public as hosting
from alicerce.apps.hosting.errors import ServiceNotActive, UnknownAccount
from alicerce.apps.hosting.types import ServiceStatus
from alicerce.apps.transfers import rules
from alicerce.apps.transfers.errors import (
    BadSourceCertificate,
    SourceNotAllowed,
    TokenNeeded,
    TransferAlreadyOpen,
    TransferIsMoving,
    TransferIsOver,
    TransferStillExamined,
)
from alicerce.apps.transfers.events import ExaminationDue, TransferRequested
from alicerce.apps.transfers.models import Transfer
from alicerce.apps.transfers.ports import mover
from alicerce.apps.transfers.types import (
    Code,
    Correction,
    NewTransfer,
    Said,
    Source,
    Stage,
)
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

CANNOT_BE_EXAMINED = {
    Stage.EXAMINING: TransferStillExamined,
    Stage.MOVING: TransferIsMoving,
}


@transaction()
def request_transfer(*, wanted: NewTransfer, at: datetime) -> UUID:
    """Nobody outside is asked yet: the examination is a job of its own.

    Raises UnknownAccount, ServiceNotActive, SourceNotAllowed, BadSourceCertificate, TokenNeeded,
    TransferAlreadyOpen.
    """
    customer_id = _customer_of(wanted.service_id)
    _check(wanted.source)
    if not wanted.token:
        raise TokenNeeded
    transfer = Transfer(
        service_id=wanted.service_id, customer_id=customer_id, note=wanted.note[:1000]
    )
    transfer.point_at(wanted.source)
    transfer.take_token(wanted.token, at=at)
    _insert(transfer)
    transfer.tell(Said(Code.REQUESTED), at=at, note=transfer.note, author=current().actor)
    publish(
        TransferRequested(
            at=at,
            transfer_id=transfer.id,
            service_id=transfer.service_id,
            customer_id=customer_id,
        )
    )
    _ask_for_examination(transfer, "transfer.requested", at)
    return transfer.id


@transaction()
def examine_again(*, transfer_id: UUID, correction: Correction, at: datetime) -> None:
    """After something was corrected, here or there.

    Raises Transfer.DoesNotExist, TransferStillExamined, TransferIsMoving, TransferIsOver,
    SourceNotAllowed, BadSourceCertificate, TokenNeeded.
    """
    transfer = Transfer.objects.lock(transfer_id)
    if transfer.is_over:
        raise TransferIsOver
    if refusal := CANNOT_BE_EXAMINED.get(Stage(transfer.stage)):
        raise refusal
    _check(correction.source)
    _take_token(transfer, correction, at)
    transfer.point_at(correction.source)
    transfer.begin_again()
    transfer.tell(Said(Code.CORRECTED), at=at, author=current().actor)
    _ask_for_examination(transfer, "transfer.examined_again", at)


@transaction()
def correction_of(*, transfer_id: UUID, changes: Mapping[str, Any]) -> Correction:
    """The source as it is known, but for what changes. Raises Transfer.DoesNotExist."""
    known = Transfer.objects.get(pk=transfer_id).source
    given = dict(changes)
    token = given.pop("token", "")
    return Correction(replace(known, **given), token)


def _customer_of(service_id: UUID) -> UUID:
    service = hosting.service_view(service_id)
    if service is None:
        raise UnknownAccount
    if service.status != ServiceStatus.ACTIVE:
        raise ServiceNotActive
    return service.customer_id


def _check(source: Source) -> None:
    """As far as it can be told without asking anybody."""
    if not rules.is_bare_host(source.host) or not mover().may_reach(source):
        raise SourceNotAllowed
    if source.certificate and not mover().can_pin(source.certificate):
        raise BadSourceCertificate


def _take_token(transfer: Transfer, correction: Correction, at: datetime) -> None:
    if correction.token:
        transfer.take_token(correction.token, at=at)
    elif not transfer.has_token or rules.needs_token(transfer.source, correction.source):
        raise TokenNeeded


def _insert(transfer: Transfer) -> None:
    try:
        with django_transaction.atomic():
            transfer.save(force_insert=True)
    except IntegrityError as clash:
        if "transfers_one_open_per_service" in str(clash):
            raise TransferAlreadyOpen from clash
        raise


def _ask_for_examination(transfer: Transfer, action: str, at: datetime) -> None:
    publish(ExaminationDue(at=at, transfer_id=transfer.id, examination=transfer.examination))
    audit.record(
        action=action,
        entity="transfer",
        entity_id=transfer.id,
        after={
            "service": str(transfer.service_id),
            "source": Personal(str(transfer), of=f"customer:{transfer.customer_id}"),
            "examination": transfer.examination,
        },
        at=at,
    )
