"""Names that lead to a company, once it proved that they are its own."""

from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.queries.tenants import own_url
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction


@transaction()
def lead_here(*, domain: str) -> bool:
    """Have the name lead to the current tenant. False while it leads to another one.

    The database lets one row have a name: of two companies at the same time, one is first.
    """
    mine = current_tenant_id()
    is_first = not Host.objects.filter(tenant_id=mine, is_primary=True).exists()
    has_any = Host.objects.filter(tenant_id=mine).exists()
    host, _ = Host.objects.get_or_create(
        domain=domain,
        defaults={
            "tenant_id": mine,
            "base_url": own_url(domain),
            "is_own": True,
            "is_primary": is_first and not has_any,
        },
    )
    return host.tenant_id == mine


@transaction()
def lead_no_more(*, domain: str) -> bool:
    """Take an own name away. Links begin with another one from then on. False when it was not there."""
    mine = current_tenant_id()
    host = Host.objects.filter(domain=domain, tenant_id=mine, is_own=True).first()
    if host is None:
        return False
    host.delete()
    following = Host.objects.filter(tenant_id=mine).order_by("is_own", "created_at").first()
    if host.is_primary and following:
        following.lead(first=True)
    return True


@transaction()
def put_first(*, domain: str) -> bool:
    """Have links begin with this name. False when they do, or when it does not lead here."""
    mine = current_tenant_id()
    hosts = list(Host.objects.select_for_update().filter(tenant_id=mine).order_by("domain"))
    wanted = next((host for host in hosts if host.domain == domain), None)
    if wanted is None or wanted.is_primary:
        return False
    for host in hosts:
        if host.is_primary:
            host.lead(first=False)
    wanted.lead(first=True)
    return True
