"""Open a service for an order line that was paid."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.customers import public as customers
from alicerce.apps.hosting.models import ProvisioningRun, Server, Service
from alicerce.apps.hosting.services.call_next import call_next
from alicerce.apps.hosting.types import ServiceCard, ServiceStatus
from alicerce.kernel.db import transaction


@transaction()
def open_service(
    *, line_id: UUID, customer_id: UUID, spec: Mapping[str, str], at: datetime
) -> ServiceCard:
    """Write down what was bought and start its first run. The same line twice is one service."""
    service = Service(
        line_id=line_id,
        customer_id=customer_id,
        domain=spec["domain"],
        package=spec["package"],
        plan_name=spec["plan_name"],
        region=spec.get("region", ""),
        wanted_server_id=_wanted_server(spec),
        status=ServiceStatus.PROVISIONING,
    )
    if Service.objects.add_once(service):
        _start_run(service, at)
    else:
        service = Service.objects.get(line_id=line_id)
    card: ServiceCard = service.card()
    return card


def _wanted_server(spec: Mapping[str, str]) -> UUID | None:
    """The one it was sold to live on, where that was said and the server still is there."""
    said = spec.get("server_id")
    found = Server.objects.filter(pk=said).values_list("id", flat=True) if said else ()
    return next(iter(found), None)


def _start_run(service: Service, at: datetime) -> None:
    customers.make_findable(
        customer_id=service.customer_id, texts=[service.domain], origin=f"service:{service.id}"
    )
    run = ProvisioningRun.objects.create(service=service, generation=service.generation)
    run.draw_up()
    call_next(run=run, at=at)
    audit.record(
        action="service.opened",
        entity="service",
        entity_id=service.id,
        after={
            "domain": Personal(service.domain, of=f"customer:{service.customer_id}"),
            "plan": service.plan_name,
            "run": str(run.id),
        },
        at=at,
    )
