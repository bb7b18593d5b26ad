"""Turn what went wrong elsewhere into tickets, one for each trouble."""

from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting import public as hosting
from alicerce.apps.hosting.events import (
    OperationStopped,
    ProvisioningFailed,
    ProvisioningNeedsHuman,
    RemovalDue,
)
from alicerce.apps.support.services.move_ticket import (
    RUN,
    SERVICE,
    TRANSFER,
    settle_tickets_of_run,
)
from alicerce.apps.support.services.open_ticket import open_ticket
from alicerce.apps.support.types import Priority
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.transfers import public as transfers
from alicerce.apps.transfers.events import TransferFailed, TransferReady
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.db import transaction
from alicerce.kernel.events import JobDied


@transaction()
def report_failed_provisioning(*, failure: ProvisioningFailed, at: datetime) -> UUID:
    with translation.override(tenancy.tenant_card().locale):
        subject = _("Ativação de %(domain)s falhou")
        body = _("A ativação parou depois da última tentativa.")
    ticket_id = open_ticket(
        subject=subject % {"domain": display_domain(failure.domain)},
        body=f"{body}\n\n{failure.reason}",
        priority=Priority.HIGH,
        customer_id=failure.customer_id,
        entity=RUN,
        entity_id=failure.run_id,
        key=f"provisioning-failed:{failure.run_id}:{failure.round}",
        at=at,
    )
    _settle_if_over(failure, at)
    return ticket_id


@transaction()
def report_provisioning_for_human(*, stuck: ProvisioningNeedsHuman, at: datetime) -> UUID:
    with translation.override(tenancy.tenant_card().locale):
        subject = _("Ativação de %(domain)s precisa de uma pessoa")
        body = _("Nada mais será tentado até alguém conferir o servidor.")
    ticket_id = open_ticket(
        subject=subject % {"domain": display_domain(stuck.domain)},
        body=f"{body}\n\n{stuck.reason}",
        priority=Priority.URGENT,
        customer_id=stuck.customer_id,
        entity=RUN,
        entity_id=stuck.run_id,
        key=f"provisioning-needs-human:{stuck.run_id}:{stuck.round}",
        at=at,
    )
    _settle_if_over(stuck, at)
    return ticket_id


@transaction()
def report_stopped_operation(*, stopped: OperationStopped, at: datetime) -> UUID | None:
    """None when it went on in the meantime: facts may be heard in any order."""
    run = hosting.run_row(stopped.run_id)
    if run is None or not run.can_retry or run.round != stopped.round:
        return None
    with translation.override(tenancy.tenant_card().locale):
        subject = _("%(operation)s de %(domain)s parou")
        body = _("O serviço continua como estava. Nada mais será tentado sem uma pessoa.")
        names = {"operation": run.title, "domain": display_domain(stopped.domain)}
    return open_ticket(
        subject=subject % names,
        body=f"{body}\n\n{stopped.reason}",
        priority=Priority.HIGH,
        customer_id=stopped.customer_id,
        entity=RUN,
        entity_id=stopped.run_id,
        key=f"operation-stopped:{stopped.run_id}:{stopped.round}",
        at=at,
    )


@transaction()
def report_due_removal(*, due: RemovalDue, at: datetime) -> UUID | None:
    service = hosting.service_view(due.service_id)
    if service is None or not service.removal_due_at or service.removal_confirmed_at:
        return None
    with translation.override(tenancy.tenant_card().locale):
        subject = _("Remover %(domain)s?")
        body = _(
            "O dia previsto para a remoção chegou. Nada será apagado sem uma pessoa: "
            "confira se há cópia e confirme, ou desmarque, na página do serviço."
        )
    return open_ticket(
        subject=subject % {"domain": display_domain(due.domain)},
        body=body,
        customer_id=due.customer_id,
        entity=SERVICE,
        entity_id=due.service_id,
        key=f"removal-due:{due.service_id}:{service.removal_due_at.isoformat()}",
        at=at,
    )


def _settle_if_over(told: ProvisioningFailed | ProvisioningNeedsHuman, at: datetime) -> None:
    """Facts may be heard in any order: the activation may have ended well before this one was."""
    progress = hosting.progress_of_service(told.service_id)
    if progress and progress.run.id == told.run_id and progress.has_ended_well:
        settle_tickets_of_run(run_id=told.run_id, at=at)


@transaction()
def report_ready_transfer(*, ready: TransferReady, at: datetime) -> UUID | None:
    """Somebody has to move the account: nothing does it by itself. None when that is over."""
    transfer = transfers.transfer_view(ready.transfer_id)
    if transfer is None or transfer.is_over:
        return None
    with translation.override(tenancy.tenant_card().locale):
        subject = _("Migração de %(domain)s pronta para mover")
        body = _(
            "A origem foi examinada e nada impede: mova a conta %(name)s de %(host)s "
            "com a ferramenta de transferência do WHM, e anote o andamento na página da migração."
        )
    source = transfer.source
    return open_ticket(
        subject=subject % {"domain": display_domain(transfer.domain)},
        body=body % {"name": source.username, "host": source.host},
        customer_id=ready.customer_id,
        entity=TRANSFER,
        entity_id=ready.transfer_id,
        key=f"transfer-ready:{ready.transfer_id}:{ready.examination}",
        at=at,
    )


@transaction()
def report_failed_transfer(*, failure: TransferFailed, at: datetime) -> UUID | None:
    transfer = transfers.transfer_view(failure.transfer_id)
    if transfer is None:
        return None
    with translation.override(tenancy.tenant_card().locale):
        subject = _("Migração de %(domain)s falhou")
        body = _(
            "Não houve resposta à última tentativa de examinar %(host)s. O token foi destruído: "
            "confira a origem com o cliente e peça outra migração."
        )
    return open_ticket(
        subject=subject % {"domain": display_domain(transfer.domain)},
        body=body % {"host": transfer.source.host},
        priority=Priority.HIGH,
        customer_id=failure.customer_id,
        entity=TRANSFER,
        entity_id=failure.transfer_id,
        key=f"transfer-failed:{failure.transfer_id}:{failure.examination}",
        at=at,
    )


@transaction()
def report_dead_job(*, death: JobDied, at: datetime) -> UUID:
    """The payload stays in the dead letters: it may carry what a ticket must not."""
    with translation.override(tenancy.tenant_card().locale):
        subject = _("Uma tarefa desistiu: %(work)s") % {"work": audit.job_words(death.job)}
        body = _(
            "Depois de %(attempts)s tentativas, o que ela faria não foi feito. "
            "Corrija a causa e devolva a tarefa à fila, ou leve o detalhe a quem mantém o sistema."
        )
    return open_ticket(
        subject=subject,
        body=body % {"attempts": death.attempts},
        detail=f"{death.job}: {death.error}",
        priority=Priority.HIGH,
        entity="job",
        key=f"job-died:{death.id}",
        at=at,
    )
