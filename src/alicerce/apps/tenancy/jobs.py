"""What tenancy does when the clock says so."""

from alicerce.apps.tenancy.events import ClockStepDue
from alicerce.apps.tenancy.queries.tenants import all_tenant_ids
from alicerce.apps.tenancy.services.products import end_due_products
from alicerce.apps.tenancy.services.sandbox_clock import step_clock
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.jobs import every, on


@every(seconds=300)
def end_products() -> None:
    """Also of suspended companies: what has ended does not come back with them."""
    for tenant_id in all_tenant_ids():
        with acting(tenant_id=tenant_id):
            end_due_products(at=now())


@on(ClockStepDue)
def take_clock_step(due: ClockStepDue) -> None:
    step_clock(turn=due.turn, naps=due.naps)
