"""Turn what went wrong elsewhere into tickets, one for each trouble."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.hosting.events import ProvisioningFailed, ProvisioningNeedsHuman
from alicerce.apps.support.services.open_ticket import open_ticket
from alicerce.apps.support.types import Priority
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.events import JobDied

RUN = "provisioning_run"


def report_failed_provisioning(*, failure: ProvisioningFailed, at: datetime) -> UUID:
    return open_ticket(
        subject=f"Ativação de {display_domain(failure.domain)} falhou",
        body=f"A ativação parou depois da última tentativa.\n\n{failure.reason}",
        priority=Priority.HIGH,
        customer_id=failure.customer_id,
        entity=RUN,
        entity_id=failure.run_id,
        key=f"provisioning-failed:{failure.run_id}:{failure.round}",
        at=at,
    )


def report_provisioning_for_human(*, stuck: ProvisioningNeedsHuman, at: datetime) -> UUID:
    return open_ticket(
        subject=f"Ativação de {display_domain(stuck.domain)} precisa de uma pessoa",
        body=f"Nada mais será tentado até alguém conferir o servidor.\n\n{stuck.reason}",
        priority=Priority.URGENT,
        customer_id=stuck.customer_id,
        entity=RUN,
        entity_id=stuck.run_id,
        key=f"provisioning-needs-human:{stuck.run_id}:{stuck.round}",
        at=at,
    )


def report_dead_job(*, death: JobDied, at: datetime) -> UUID:
    """The payload stays in the dead letters: it may carry what a ticket must not."""
    return open_ticket(
        subject=f"Tarefa {death.job} desistiu",
        body=f"{death.attempts} tentativas. Último erro: {death.error}",
        priority=Priority.HIGH,
        entity="job",
        key=f"job-died:{death.id}",
        at=at,
    )
