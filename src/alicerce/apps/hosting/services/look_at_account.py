"""Look at an account where a service lives, for apps that compare it with something."""

from uuid import UUID

from alicerce.apps.hosting.errors import ServiceNotActive, UnknownAccount
from alicerce.apps.hosting.models import Service
from alicerce.apps.hosting.ports import panel_for
from alicerce.apps.hosting.types import PanelAccount, ServerAccess, ServiceStatus
from alicerce.kernel.db import transaction


def look_at_account(*, service_id: UUID, username: str = "") -> PanelAccount | None:
    """The service's own account, or one of another name on its server. Asks the server.

    Raises UnknownAccount, ServiceNotActive, and what a Panel raises.
    """
    access, own = _way_to(service_id)
    return panel_for(access).account(username or own)


@transaction()
def _way_to(service_id: UUID) -> tuple[ServerAccess, str]:
    service = Service.objects.select_related("server").filter(pk=service_id).first()
    if service is None:
        raise UnknownAccount
    if service.status != ServiceStatus.ACTIVE or service.server is None:
        raise ServiceNotActive
    return service.server.access(), service.username
