"""Facts of customers."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class CustomerCreated(Event):
    name: ClassVar[str] = "customer.created"
    description: ClassVar = _("Um cliente foi cadastrado.")

    customer_id: UUID


class CustomerUpdated(Event):
    """Which fields changed, never what they say."""

    name: ClassVar[str] = "customer.updated"
    description: ClassVar = _("Os dados de um cliente mudaram.")

    customer_id: UUID
    fields: tuple[str, ...] = ()
    customer_version: int = 0


class CustomerBlocked(Event):
    name: ClassVar[str] = "customer.blocked"
    description: ClassVar = _("Um cliente foi bloqueado.")

    customer_id: UUID


class CustomerUnblocked(Event):
    name: ClassVar[str] = "customer.unblocked"
    description: ClassVar = _("Um cliente foi desbloqueado.")

    customer_id: UUID


class CustomerClosed(Event):
    name: ClassVar[str] = "customer.closed"
    description: ClassVar = _("Um cliente foi encerrado.")

    customer_id: UUID


class CustomerReopened(Event):
    name: ClassVar[str] = "customer.reopened"
    description: ClassVar = _("Um cliente encerrado foi reaberto.")

    customer_id: UUID


class CustomerUserAdded(Event):
    name: ClassVar[str] = "customer_user.added"
    description: ClassVar = _("Uma pessoa passou a acessar a área de um cliente.")

    customer_id: UUID
    user_id: UUID


class CustomerUserRemoved(Event):
    name: ClassVar[str] = "customer_user.removed"
    description: ClassVar = _("Uma pessoa deixou de acessar a área de um cliente.")

    customer_id: UUID
    user_id: UUID


class RoundStepDue(Event):
    """To itself: the next letters of a round of invitations."""

    name: ClassVar[str] = "invitation_round.step_due"
    is_internal: ClassVar[bool] = True

    round_id: UUID
    part: int


class InvitationRoundFinished(Event):
    name: ClassVar[str] = "invitation_round.finished"
    description: ClassVar = _("Um envio de convites para a área do cliente terminou.")

    round_id: UUID
    invited: int


class ImportStepDue(Event):
    """To itself: the next lines of a file, from here."""

    name: ClassVar[str] = "customer_import.step_due"
    is_internal: ClassVar[bool] = True

    import_id: UUID
    position: int


class CustomersImported(Event):
    name: ClassVar[str] = "customer_import.finished"
    description: ClassVar = _("Uma importação de clientes terminou.")

    import_id: UUID
    created: int


class ExportStepDue(Event):
    """To itself: the next part of a file."""

    name: ClassVar[str] = "customer_export.step_due"
    is_internal: ClassVar[bool] = True

    export_id: UUID
    part: int


class CustomersExported(Event):
    name: ClassVar[str] = "customer_export.finished"
    description: ClassVar = _("Uma exportação de clientes terminou.")

    export_id: UUID
    written: int
