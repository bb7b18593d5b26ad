"""Facts of hosting."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class RunStepDue(Event):
    """A run may take its next step. `turn` makes every older copy of this fact void."""

    name: ClassVar[str] = "provisioning_run.step_due"
    is_internal: ClassVar[bool] = True

    run_id: UUID
    turn: int


class ServerCheckDue(Event):
    name: ClassVar[str] = "server.check_due"
    is_internal: ClassVar[bool] = True

    server_id: UUID


class ServiceActivated(Event):
    name: ClassVar[str] = "service.activated"
    description: ClassVar = _("Um serviço está no ar.")

    service_id: UUID
    customer_id: UUID
    line_id: UUID
    run_id: UUID | None = None


class ProvisioningFailed(Event):
    name: ClassVar[str] = "provisioning_run.failed"
    description: ClassVar = _("A ativação de um serviço falhou.")

    run_id: UUID
    service_id: UUID
    customer_id: UUID
    reason: str
    domain: str = ""
    round: int = 1


class ProvisioningNeedsHuman(Event):
    name: ClassVar[str] = "provisioning_run.needs_human"
    description: ClassVar = _("A ativação de um serviço espera por uma pessoa.")

    run_id: UUID
    service_id: UUID
    reason: str
    customer_id: UUID | None = None
    domain: str = ""
    round: int = 1
