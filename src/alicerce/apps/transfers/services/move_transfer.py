"""What people do about a transfer: move the account, say that it is done, or leave it."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.transfers.errors import (
    TransferIsMoving,
    TransferIsOver,
    TransferNotMoving,
    TransferNotReady,
)
from alicerce.apps.transfers.events import TransferCanceled, TransferDone, TransferFailed
from alicerce.apps.transfers.models import Transfer
from alicerce.apps.transfers.services.letters import write_to_customer
from alicerce.apps.transfers.types import Code, Said, Stage
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def start_moving(*, transfer_id: UUID, note: str, at: datetime) -> None:
    """Somebody moves the account now. Raises Transfer.DoesNotExist, TransferNotReady."""
    transfer = Transfer.objects.lock(transfer_id)
    if not transfer.start_moving():
        raise TransferNotReady
    _write_down(transfer, Code.MOVING, note, at)


@transaction()
def finish_moving(*, transfer_id: UUID, note: str, at: datetime) -> None:
    """The account lives here now. Raises Transfer.DoesNotExist, TransferNotMoving."""
    transfer = Transfer.objects.lock(transfer_id)
    if transfer.stage != Stage.MOVING:
        raise TransferNotMoving
    transfer.end(Stage.DONE, at=at)
    _write_down(transfer, Code.DONE, note, at)
    publish(
        TransferDone(
            at=at,
            transfer_id=transfer.id,
            service_id=transfer.service_id,
            customer_id=transfer.customer_id,
        )
    )
    write_to_customer(transfer=transfer, at=at)


@transaction()
def cancel_transfer(
    *, transfer_id: UUID, at: datetime, note: str = "", even_if_moving: bool = False
) -> None:
    """Nothing will be moved, and the token is destroyed. Who moves it may also stop.

    Raises Transfer.DoesNotExist, TransferIsOver, TransferIsMoving.
    """
    transfer = Transfer.objects.lock(transfer_id)
    if transfer.is_over:
        raise TransferIsOver
    if transfer.stage == Stage.MOVING and not even_if_moving:
        raise TransferIsMoving
    transfer.end(Stage.CANCELED, at=at)
    _write_down(transfer, Code.CANCELED, note, at)
    publish(
        TransferCanceled(
            at=at,
            transfer_id=transfer.id,
            service_id=transfer.service_id,
            customer_id=transfer.customer_id,
        )
    )


@transaction()
def give_up(*, transfer_id: UUID, examination: int, error: str, at: datetime) -> None:
    """The source was asked for the last time. An examination that was overtaken changes nothing."""
    transfer = Transfer.objects.lock(transfer_id)
    if not transfer.is_at(examination):
        return
    transfer.end(Stage.FAILED, at=at)
    transfer.tell(Said(Code.GAVE_UP, raw=error), at=at)
    publish(
        TransferFailed(
            at=at,
            transfer_id=transfer.id,
            service_id=transfer.service_id,
            customer_id=transfer.customer_id,
            examination=examination,
        )
    )
    audit.record(action="transfer.failed", entity="transfer", entity_id=transfer.id, at=at)


def _write_down(transfer: Transfer, code: Code, note: str, at: datetime) -> None:
    transfer.tell(Said(code), at=at, note=note[:1000], author=current().actor)
    said = (
        {"note": Personal(note[:1000], of=f"customer:{transfer.customer_id}")} if note else {}
    )
    audit.record(
        action=f"transfer.{code}",
        entity="transfer",
        entity_id=transfer.id,
        after={"stage": str(transfer.stage), **said},
        at=at,
    )
