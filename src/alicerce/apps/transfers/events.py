"""Facts of transfers."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from alicerce.kernel.events import Event


class ExaminationDue(Event):
    """The source may be looked at. `examination` makes every older copy of this fact void."""

    name: ClassVar[str] = "transfer.examination_due"
    is_internal: ClassVar[bool] = True

    transfer_id: UUID
    examination: int


class TokensDue(Event):
    """Tokens given before that moment have been kept for long enough."""

    name: ClassVar[str] = "transfer.tokens_due"
    is_internal: ClassVar[bool] = True

    before: AwareDatetime


class TransferRequested(Event):
    name: ClassVar[str] = "transfer.requested"
    description: ClassVar = _("Uma migração foi pedida.")

    transfer_id: UUID
    service_id: UUID
    customer_id: UUID


class TransferReady(Event):
    name: ClassVar[str] = "transfer.ready"
    description: ClassVar = _("Uma migração foi examinada e pode ser feita.")

    transfer_id: UUID
    service_id: UUID
    customer_id: UUID
    examination: int


class TransferBlocked(Event):
    """`reasons` are codes."""

    name: ClassVar[str] = "transfer.blocked"
    description: ClassVar = _("Uma migração foi examinada e ainda não pode ser feita.")

    transfer_id: UUID
    service_id: UUID
    customer_id: UUID
    examination: int
    reasons: tuple[str, ...]


class TransferDone(Event):
    name: ClassVar[str] = "transfer.done"
    description: ClassVar = _("Uma migração foi concluída.")

    transfer_id: UUID
    service_id: UUID
    customer_id: UUID


class TransferCanceled(Event):
    name: ClassVar[str] = "transfer.canceled"
    description: ClassVar = _("Uma migração foi cancelada.")

    transfer_id: UUID
    service_id: UUID
    customer_id: UUID


class TransferFailed(Event):
    name: ClassVar[str] = "transfer.failed"
    description: ClassVar = _(
        "A origem de uma migração não respondeu depois da última tentativa."
    )

    transfer_id: UUID
    service_id: UUID
    customer_id: UUID
    examination: int
