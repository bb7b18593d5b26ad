"""Step 6: the service is live, and its owner hears of it. All in one commit."""

from datetime import datetime

from alicerce.apps.customers import public as customers
from alicerce.apps.hosting.events import ServiceActivated
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.types import Outcome, Remark, Said, Verdict
from alicerce.apps.identity import public as identity
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import public as orders
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.events import publish


def settle(run: ProvisioningRun, service: Service, outcome: Outcome, at: datetime) -> Outcome:
    """Nobody outside is asked: the message is queued in the commit that makes it true."""
    _write_to_customer(service, at)
    service.activate(at=at)
    orders.fulfil_line(line_id=service.line_id, at=at)
    publish(
        ServiceActivated(
            at=at,
            service_id=service.id,
            customer_id=service.customer_id,
            line_id=service.line_id,
            run_id=run.id,
        )
    )
    return Outcome(Verdict.DONE, Said(Remark.LIVE))


def _write_to_customer(service: Service, at: datetime) -> None:
    customer = customers.customer(service.customer_id)
    base_url = tenancy.tenant_card().base_url
    server = service.server
    assert server is not None
    notify.send(
        template="service_active",
        to=customer.email,
        key=f"service-active:{service.id}:{service.generation}",
        values={
            "name": customer.name,
            "domain": display_domain(service.domain),
            "link_password": identity.first_password_link(
                email=customer.email, base_url=base_url
            ),
            "link_service": f"{base_url.rstrip('/')}/area-do-cliente/servicos/{service.id}/",
            "server_name": server.hostname,
            "nameservers": ", ".join(server.nameservers),
        },
        at=at,
        locale=customer.locale,
    )
