"""Have another domain answer at a service."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.catalog.types import Limit
from alicerce.apps.dns import public as dns
from alicerce.apps.dns.types import NewZone
from alicerce.apps.hosting.errors import ServiceNotActive, UnknownAccount
from alicerce.apps.hosting.models import Service
from alicerce.apps.hosting.services.steps.set_zone import HOST, records_of
from alicerce.apps.hosting.types import ServiceStatus
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.kernel.db import transaction


@transaction()
def request_zone(*, service_id: UUID, domain: str, at: datetime) -> UUID:
    """A zone for the domain at the service's server, asked for soon. The same twice is one zone.

    Raises UnknownAccount, ServiceNotActive, and PlanLimitReached where the plan allows no more sites.
    """
    service = Service.objects.select_related("server").filter(pk=service_id).first()
    if service is None:
        raise UnknownAccount
    if service.status != ServiceStatus.ACTIVE or service.server is None:
        raise ServiceNotActive
    server, is_known = service.server, dns.has_zone(service_id, domain)
    new = NewZone(
        domain=domain,
        service_id=service_id,
        host=HOST,
        reference=str(server.id),
        ip=server.ip,
        nameservers=tuple(server.nameservers),
        records=records_of(domain, server.ip),
    )
    zone_id = dns.want_zone(new=new, at=at)
    if not is_known:
        subscriptions.keep_within(line_id=service.line_id, key=Limit.SITES, at=at)
    return zone_id
