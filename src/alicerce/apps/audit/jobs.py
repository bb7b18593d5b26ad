"""What the audit trail does by the clock."""

from alicerce.apps.audit import queries
from alicerce.apps.audit.events import SealDue
from alicerce.apps.audit.services.forget import forget_visitors
from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.kernel.clock import wall
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on


@every(seconds=30)
def find_unsealed() -> None:
    for tenant_id in queries.tenants_with_unsealed_entries():
        with acting(tenant_id=tenant_id), transaction():
            publish(SealDue(at=wall()))


@on(SealDue)
def seal_tenant(due: SealDue) -> None:
    seal_entries(at=wall())


@every(seconds=24 * 3600)
def forget_old_visitors() -> None:
    for tenant_id in queries.tenants_with_lapsed_visitors(at=wall()):
        with acting(tenant_id=tenant_id):
            forget_visitors(at=wall())
