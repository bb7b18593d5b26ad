"""When deliveries leave, and when old events are forgotten."""

from datetime import timedelta

from django.conf import settings

from alicerce.apps.endpoints.events import ClearingDue, DeliveriesDue, OldEventsDue
from alicerce.apps.endpoints.queries import views as queries
from alicerce.apps.endpoints.services.clear_deleted import clear_deleted
from alicerce.apps.endpoints.services.deliver import deliver_due
from alicerce.apps.endpoints.services.forget_old import KEPT, forget_old
from alicerce.apps.endpoints.services.lanes import Lanes
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import wall
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on

DAY = 86_400
LATER = timedelta(seconds=2)

lanes = Lanes(max(1, settings.WORKER_THREADS // 2))


@on(DeliveriesDue, queue="bulk")
def send_due_deliveries(due: DeliveriesDue) -> None:
    with lanes.lane(due.tenant_id) as is_free:
        if is_free:
            deliver_due(endpoint_id=due.endpoint_id, clock=wall)
            return
    with transaction():
        publish(DeliveriesDue(at=wall(), endpoint_id=due.endpoint_id), delay=LATER)


@every(seconds=60, queue="bulk")
def find_overdue_deliveries() -> None:
    """Those whose alarm was lost with a worker."""
    for tenant_id, endpoint_id in queries.overdue_endpoints(at=wall()):
        with acting(tenant_id=tenant_id), transaction():
            publish(DeliveriesDue(at=wall(), endpoint_id=endpoint_id))


@every(seconds=DAY, queue="bulk")
def find_old_events() -> None:
    for tenant_id in tenancy.all_tenant_ids():
        with acting(tenant_id=tenant_id), transaction():
            publish(OldEventsDue(at=wall(), before=wall() - KEPT))


@on(OldEventsDue, queue="bulk")
def forget_old_events(due: OldEventsDue) -> None:
    forget_old(before=due.before)


@on(ClearingDue, queue="bulk")
def clear_deleted_endpoint(due: ClearingDue) -> None:
    clear_deleted(endpoint_id=due.endpoint_id, at=due.at)
