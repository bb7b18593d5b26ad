"""What customers does when something happens."""

from alicerce.apps.customers.events import ExportStepDue, ImportStepDue, RoundStepDue
from alicerce.apps.customers.queries.rounds import rounds_due
from alicerce.apps.customers.services.export_customers import (
    abandon_export,
    forget_exports,
    take_export_step,
)
from alicerce.apps.customers.services.import_customers import (
    abandon_import,
    forget_uploads,
    take_import_step,
)
from alicerce.apps.customers.services.invite_many import abandon_round, take_round_step
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on

LOOK, HOUR = 60, 3600


def give_up_import(due: ImportStepDue, error: str) -> None:
    abandon_import(import_id=due.import_id, position=due.position, at=now())


def give_up_export(due: ExportStepDue, error: str) -> None:
    abandon_export(export_id=due.export_id, part=due.part, at=now())


def give_up_round(due: RoundStepDue, error: str) -> None:
    abandon_round(round_id=due.round_id, part=due.part, at=now())


@on(ImportStepDue, queue="bulk", on_dead=give_up_import)
def read_lines(due: ImportStepDue) -> None:
    take_import_step(import_id=due.import_id, position=due.position, at=now())


@on(ExportStepDue, queue="bulk", on_dead=give_up_export)
def write_part(due: ExportStepDue) -> None:
    take_export_step(export_id=due.export_id, part=due.part, at=now())


@on(RoundStepDue, queue="bulk", on_dead=give_up_round)
def write_letters(due: RoundStepDue) -> None:
    """By the clock as it is now: who waited in the queue through the evening writes in the morning."""
    take_round_step(round_id=due.round_id, part=due.part, at=now())


@every(seconds=LOOK, queue="bulk")
def find_due_rounds() -> None:
    at_work = set(tenancy.tenant_ids())
    for tenant_id, round_id, part in rounds_due(now()):
        if tenant_id not in at_work:
            continue  # nobody there could answer whom a letter reaches
        with acting(tenant_id=tenant_id), transaction():
            publish(RoundStepDue(at=now(), round_id=round_id, part=part))


@every(seconds=HOUR, queue="bulk")
def drop_old_files() -> None:
    """Of every company, also of one that is closed: its customers are people still."""
    for tenant_id in tenancy.all_tenant_ids():
        with acting(tenant_id=tenant_id):
            forget_exports(at=now())
            forget_uploads(at=now())
