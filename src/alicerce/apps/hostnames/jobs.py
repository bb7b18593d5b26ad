"""When DNS is asked about names."""

from alicerce.apps.hostnames.events import LookDue
from alicerce.apps.hostnames.queries.names import due_names
from alicerce.apps.hostnames.services.look import call_due, look
from alicerce.kernel.clock import now, wall
from alicerce.kernel.context import acting
from alicerce.kernel.jobs import every, on

OFTEN = 60


@every(seconds=OFTEN)
def find_due_host_names() -> None:
    for tenant_id in due_names(now()):
        with acting(tenant_id=tenant_id):
            call_due(at=wall())


@on(LookDue)
def look_at_host_name(due: LookDue) -> None:
    look(name_id=due.host_name_id, at=wall())
