"""What the audit trail does by the clock."""

from alicerce.apps.audit import queries, services
from alicerce.apps.audit.events import SealDue
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on


@every(seconds=30)
def find_unsealed() -> None:
    for tenant_id in queries.tenants_with_unsealed_entries():
        with acting(tenant_id=tenant_id), transaction():
            publish(SealDue(at=now()))


@on(SealDue)
def seal_tenant(due: SealDue) -> None:
    services.seal_entries(at=now())
