"""Have a paid service provisioned: go on where it stopped."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.hosting.errors import NothingToProvision, OrderUnpaid, UnknownAccount
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.services.retry_run import retry_run
from alicerce.apps.hosting.types import RunKind, RunStatus
from alicerce.apps.orders import public as orders
from alicerce.kernel.db import transaction


@transaction()
def provision_order(*, order_id: UUID, at: datetime) -> UUID:
    """Go on with what this order bought; the service.

    Raises NoSuchOrder, OrderUnpaid, NothingToProvision.
    """
    order = orders.order(order_id)
    lines = [line.id for line in order.lines]
    service_id = Service.objects.filter(line_id__in=lines).values_list("id", flat=True).first()
    if service_id is None:
        raise OrderUnpaid
    continue_provisioning(service_id=service_id, at=at)
    return UUID(str(service_id))


@transaction()
def continue_provisioning(*, service_id: UUID, at: datetime) -> None:
    """A run that stopped goes on; one that still runs is left alone.

    Raises UnknownAccount, NothingToProvision.
    """
    found = ProvisioningRun.objects.filter(service_id=service_id, kind=RunKind.PROVISION)
    run = found.select_for_update(of=("self",)).first()
    if run is None:
        raise UnknownAccount
    if run.status == RunStatus.SUCCEEDED:
        raise NothingToProvision
    if run.is_stopped:
        retry_run(run_id=run.id, at=at)
