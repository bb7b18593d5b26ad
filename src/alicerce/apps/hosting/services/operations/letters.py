"""What the customer is told of a service that stops, comes back, or will be removed. Each once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from alicerce.apps.customers import public as customers
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.types import Cause
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.brazil import display_domain


def tell_suspended(service: Service, run: ProvisioningRun, *, at: datetime) -> None:
    """The letter about a removal says that it is suspended, too; that of an unpaid invoice has said it."""
    if service.suspension_cause in ("", Cause.ENDED):
        return
    if service.suspension_cause != Cause.UNPAID:
        _send(
            "service_suspended",
            service,
            key=f"service-suspended:{service.id}:{run.generation}",
            at=at,
            cause=service.suspension_cause,
        )
    service.note_told(told=True)


def tell_resumed(service: Service, run: ProvisioningRun, *, at: datetime) -> None:
    """Who never heard of a suspension need not hear of its end."""
    if not service.suspension_told:
        return
    _send(
        "service_resumed",
        service,
        key=f"service-resumed:{service.id}:{run.generation}",
        at=at,
    )
    service.note_told(told=False)


def tell_removal(service: Service, *, at: datetime) -> None:
    due_at = service.removal_due_at
    assert due_at is not None
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    _send(
        "service_removal",
        service,
        key=f"service-removal:{service.id}:{due_at.isoformat()}",
        at=at,
        due_on=f"{due_at.astimezone(zone):%d/%m/%Y}",
    )
    service.note_told(told=True)


def _send(template: str, service: Service, *, key: str, at: datetime, **values: str) -> None:
    customer = customers.customer(service.customer_id)
    area = f"{tenancy.tenant_card().base_url.rstrip('/')}/area-do-cliente"
    notify.send(
        template=template,
        to=customer.email,
        key=key,
        values={
            "name": customer.name,
            "domain": display_domain(service.domain),
            "link_service": f"{area}/servicos/{service.id}/",
            **values,
        },
        at=at,
        locale=customer.locale,
    )
