"""Open a service for an order line that was paid."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.services.call_next import call_next
from alicerce.apps.hosting.types import ServiceCard
from alicerce.kernel.db import transaction


@transaction()
def open_service(
    *, line_id: UUID, customer_id: UUID, spec: Mapping[str, str], at: datetime
) -> ServiceCard:
    """Write down what was bought and start its first run. The same line twice is one service."""
    service, is_new = Service.objects.get_or_create(
        line_id=line_id,
        defaults={
            "customer_id": customer_id,
            "domain": spec["domain"],
            "package": spec["package"],
            "plan_name": spec["plan_name"],
            "region": spec.get("region", ""),
        },
    )
    if is_new:
        _start_run(service, at)
    card: ServiceCard = service.card()
    return card


def _start_run(service: Service, at: datetime) -> None:
    service.start_provisioning()
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
