"""Facts of hosting."""

from typing import ClassVar
from uuid import UUID

from alicerce.kernel.events import Event


class RunStepDue(Event):
    """A run may take its next step. `turn` makes every older copy of this fact void."""

    name: ClassVar[str] = "provisioning_run.step_due"

    run_id: UUID
    turn: int


class ServerCheckDue(Event):
    name: ClassVar[str] = "server.check_due"

    server_id: UUID


class ServiceActivated(Event):
    name: ClassVar[str] = "service.activated"

    service_id: UUID
    customer_id: UUID
    line_id: UUID
    run_id: UUID | None = None


class ProvisioningFailed(Event):
    name: ClassVar[str] = "provisioning_run.failed"

    run_id: UUID
    service_id: UUID
    customer_id: UUID
    reason: str
    domain: str = ""
    round: int = 1


class ProvisioningNeedsHuman(Event):
    name: ClassVar[str] = "provisioning_run.needs_human"

    run_id: UUID
    service_id: UUID
    reason: str
    customer_id: UUID | None = None
    domain: str = ""
    round: int = 1
