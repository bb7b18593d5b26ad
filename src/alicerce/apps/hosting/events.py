"""Facts of hosting."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

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


class ServiceSuspended(Event):
    name: ClassVar[str] = "service.suspended"
    description: ClassVar = _("Um serviço foi suspenso, e o servidor confirmou.")

    service_id: UUID
    customer_id: UUID
    line_id: UUID
    scope: str
    cause: str


class ServiceResumed(Event):
    name: ClassVar[str] = "service.resumed"
    description: ClassVar = _("Um serviço suspenso voltou ao ar.")

    service_id: UUID
    customer_id: UUID
    line_id: UUID


class ServicePackageChanged(Event):
    name: ClassVar[str] = "service.package_changed"
    description: ClassVar = _("Um serviço passou a outro plano no servidor.")

    service_id: UUID
    customer_id: UUID
    line_id: UUID
    package: str
    plan_name: str


class RemovalScheduled(Event):
    name: ClassVar[str] = "service.removal_scheduled"
    description: ClassVar = _("A remoção de um serviço tem dia marcado.")

    service_id: UUID
    customer_id: UUID
    line_id: UUID
    due_at: AwareDatetime


class ServiceTerminated(Event):
    name: ClassVar[str] = "service.terminated"
    description: ClassVar = _("Um serviço foi removido do servidor, com os seus dados.")

    service_id: UUID
    customer_id: UUID
    line_id: UUID


class RemovalDue(Event):
    """The day has come, and somebody has to say yes."""

    name: ClassVar[str] = "service.removal_due"
    is_internal: ClassVar[bool] = True

    service_id: UUID
    customer_id: UUID
    domain: str


class OperationStopped(Event):
    name: ClassVar[str] = "service.operation_stopped"
    description: ClassVar = _(
        "Uma suspensão, reativação, troca de plano ou remoção parou e espera por uma pessoa."
    )

    run_id: UUID
    service_id: UUID
    customer_id: UUID
    operation: str
    reason: str
    domain: str
    round: int = 1


class ServerPackagesChanged(Event):
    """A server has other packages than when it was last looked at, or was looked at for the first time."""

    name: ClassVar[str] = "server.packages_changed"
    description: ClassVar = _("Os pacotes de um servidor mudaram.")

    server_id: UUID
    packages: tuple[str, ...]


class PlanRanLow(Event):
    """Fewer places than the company wants to have; `left` is how many."""

    name: ClassVar[str] = "plan.ran_low"
    description: ClassVar = _("Restam poucos lugares nos servidores para um plano à venda.")

    plan_id: UUID
    left: int


class PlanSoldOut(Event):
    """The next order is refused until there is room."""

    name: ClassVar[str] = "plan.sold_out"
    description: ClassVar = _(
        "Não há mais lugar nos servidores para um plano à venda: ele aparece esgotado."
    )

    plan_id: UUID


class OperationSettled(Event):
    """A run on a live account is over: it ended well, or nobody wants it any more."""

    name: ClassVar[str] = "provisioning_run.settled"
    is_internal: ClassVar[bool] = True

    run_id: UUID
    service_id: UUID


class ComparisonDue(Event):
    name: ClassVar[str] = "server.comparison_due"
    is_internal: ClassVar[bool] = True

    server_id: UUID


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
