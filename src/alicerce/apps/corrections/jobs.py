"""When requests that nobody decided end."""

from alicerce.apps.corrections.queries.corrections import tenants_with_due
from alicerce.apps.corrections.services.ask import expire_due
from alicerce.apps.tenancy.events import ClockStepped
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.jobs import every, on

LOOK = 300


@every(seconds=LOOK)
def expire_corrections() -> None:
    for tenant_id in tenants_with_due(now()):
        with acting(tenant_id=tenant_id):
            expire_due(at=now())


@on(ClockStepped, queue="bulk")
def expire_corrections_of_sandbox(stepped: ClockStepped) -> None:
    expire_due(at=stepped.at)
