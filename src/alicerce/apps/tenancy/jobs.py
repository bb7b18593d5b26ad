"""What tenancy does when the clock says so."""

from alicerce.apps.tenancy.queries.tenants import all_tenant_ids
from alicerce.apps.tenancy.services.products import end_due_products
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.jobs import every


@every(seconds=300)
def end_products() -> None:
    """Also of suspended companies: what has ended does not come back with them."""
    for tenant_id in all_tenant_ids():
        with acting(tenant_id=tenant_id):
            end_due_products(at=now())
