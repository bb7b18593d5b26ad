"""What developers does by the clock."""

from alicerce.apps.developers.events import CleaningDue
from alicerce.apps.developers.services.keep_log import forget_old
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on


@every(seconds=3600)
def find_old_calls() -> None:
    """Of every company: what is promised to be forgotten is, also after it closed."""
    for tenant_id in tenancy.all_tenant_ids():
        with acting(tenant_id=tenant_id), transaction():
            publish(CleaningDue(at=now()))


@on(CleaningDue, queue="bulk")
def forget_old_calls(due: CleaningDue) -> None:
    forget_old(at=due.at)
