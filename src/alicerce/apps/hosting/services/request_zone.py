"""Have another domain answer at a service."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.dns import public as dns
from alicerce.apps.dns.types import NewZone
from alicerce.apps.hosting.errors import ServiceNotActive, UnknownAccount
from alicerce.apps.hosting.models import Service
from alicerce.apps.hosting.services.steps.set_zone import HOST, records_of
from alicerce.apps.hosting.types import ServiceStatus
from alicerce.kernel.db import transaction


@transaction()
def request_zone(*, service_id: UUID, domain: str, at: datetime) -> UUID:
    """A zone for the domain at the service's server, asked for soon. The same twice is one zone.

    Raises UnknownAccount, ServiceNotActive.
    """
    service = Service.objects.select_related("server").filter(pk=service_id).first()
    if service is None:
        raise UnknownAccount
    if service.status != ServiceStatus.ACTIVE or service.server is None:
        raise ServiceNotActive
    server = service.server
    new = NewZone(
        domain=domain,
        service_id=service_id,
        host=HOST,
        reference=str(server.id),
        ip=server.ip,
        nameservers=tuple(server.nameservers),
        records=records_of(domain, server.ip),
    )
    return dns.want_zone(new=new, at=at)
