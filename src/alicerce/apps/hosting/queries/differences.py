"""Where panels and our rows disagree, and what we believe of a server's accounts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting.models import Difference, ProvisioningRun, Service
from alicerce.apps.hosting.models.run import LIVE
from alicerce.apps.hosting.types import (
    MENDED,
    Belief,
    DifferenceKind,
    DifferenceStatus,
    ServiceStatus,
)
from alicerce.kernel.db import as_operator, transaction

PAGE = 50
UNMADE = (ServiceStatus.PENDING, ServiceStatus.PROVISIONING, ServiceStatus.ERROR)

WORDS: dict[str, Promise] = {
    DifferenceKind.MISSING: _("A conta não existe no servidor."),
    DifferenceKind.ORPHAN: _("O servidor tem uma conta que nenhum serviço conhece."),
    DifferenceKind.SUSPENDED: _("A conta foi suspensa por fora."),
    DifferenceKind.RESUMED: _("A conta foi reativada por fora."),
    DifferenceKind.PACKAGE: _("O pacote no servidor é outro."),
    DifferenceKind.DOMAIN: _("O domínio principal da conta é outro."),
}
ADVICE: dict[str, Promise] = {
    DifferenceKind.MISSING: _(
        "Confira no WHM se foi removida ou renomeada, e restaure a cópia se for o caso."
    ),
    DifferenceKind.ORPHAN: _(
        "Descubra de quem é. Se for para ficar, anote o motivo e dispense esta linha."
    ),
    DifferenceKind.SUSPENDED: _(
        "Corrigir reativa a conta. Para mantê-la parada, suspenda o serviço na página dele."
    ),
    DifferenceKind.RESUMED: _(
        "Corrigir suspende a conta de novo. Para deixá-la no ar, reative o serviço na página dele."
    ),
    DifferenceKind.PACKAGE: _("Corrigir devolve à conta o pacote do plano contratado."),
    DifferenceKind.DOMAIN: _(
        "Nada será mudado nesta conta enquanto o domínio não for o do serviço."
    ),
}


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    id: UUID
    tenant_id: UUID
    server_id: UUID
    server_name: str
    service_id: UUID | None
    kind: DifferenceKind
    username: str
    domain: str
    ours: str
    theirs: str
    status: DifferenceStatus
    note: str
    first_seen_at: datetime
    last_seen_at: datetime
    settled_at: datetime | None

    @property
    def what(self) -> str:
        return str(WORDS[self.kind])

    @property
    def advice(self) -> str:
        return str(ADVICE[self.kind])

    @property
    def can_be_put_right(self) -> bool:
        return self.kind in MENDED and self.status != DifferenceStatus.SETTLED


def differences_everywhere(
    *,
    statuses: tuple[DifferenceStatus, ...] = (),
    before: UUID | None = None,
    limit: int = PAGE,
) -> list[DifferenceRow]:
    """Of every tenant, for operators; newest first."""
    with as_operator():
        found = _differences().order_by("-id")
        if statuses:
            found = found.filter(status__in=statuses)
        if before:
            found = found.filter(id__lt=before)
        return [_row(difference) for difference in found[:limit]]


def difference_everywhere(difference_id: UUID) -> DifferenceRow | None:
    with as_operator():
        found = _differences().filter(pk=difference_id).first()
        return _row(found) if found else None


@transaction()
def difference_row(difference_id: UUID) -> DifferenceRow | None:
    """One of the current tenant."""
    found = _differences().filter(pk=difference_id).first()
    return _row(found) if found else None


def beliefs(server_id: UUID) -> dict[str, Belief]:
    """By the accounts' names. Part of its caller's transaction."""
    live = ProvisioningRun.objects.filter(service__server_id=server_id, status__in=LIVE)
    busy = set(live.values_list("service_id", flat=True))
    found = Service.objects.filter(server_id=server_id).exclude(username="")
    ours = found.exclude(status=ServiceStatus.TERMINATED)
    return {
        service.username: Belief(
            service.id,
            service.username,
            service.domain,
            service.generation,
            service.status,
            service.package,
            is_busy=service.pk in busy or service.status in UNMADE,
        )
        for service in ours
    }


def _differences() -> QuerySet[Difference]:
    found: QuerySet[Difference] = Difference.objects.select_related("server").defer(
        "server__token", "server__ca_pem"
    )
    return found


def _row(found: Difference) -> DifferenceRow:
    return DifferenceRow(
        id=found.id,
        tenant_id=found.tenant_id,
        server_id=found.server_id,
        server_name=found.server.name,
        service_id=found.service_id,
        kind=DifferenceKind(found.kind),
        username=found.username,
        domain=found.domain,
        ours=found.ours,
        theirs=found.theirs,
        status=DifferenceStatus(found.status),
        note=found.note,
        first_seen_at=found.first_seen_at,
        last_seen_at=found.last_seen_at,
        settled_at=found.settled_at,
    )
