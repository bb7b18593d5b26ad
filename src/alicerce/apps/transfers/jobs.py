"""When sources are looked at, and when tokens are destroyed."""

from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.transfers import rules
from alicerce.apps.transfers.events import ExaminationDue, TokensDue
from alicerce.apps.transfers.services.destroy_tokens import destroy_tokens
from alicerce.apps.transfers.services.examine_source import examine_source
from alicerce.apps.transfers.services.move_transfer import give_up
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on


def abandon(due: ExaminationDue, error: str) -> None:
    give_up(transfer_id=due.transfer_id, examination=due.examination, error=error, at=now())


@on(ExaminationDue, on_dead=abandon)
def look_at_source(due: ExaminationDue) -> None:
    examine_source(transfer_id=due.transfer_id, examination=due.examination, clock=now)


@every(seconds=3600, queue="bulk")
def find_old_tokens() -> None:
    for tenant_id in tenancy.all_tenant_ids():
        with acting(tenant_id=tenant_id), transaction():
            publish(TokensDue(at=now(), before=now() - rules.TOKEN_KEPT))


@on(TokensDue, queue="bulk")
def destroy_old_tokens(due: TokensDue) -> None:
    destroy_tokens(before=due.before, at=now())
