"""What a customer is written about their transfer."""

from datetime import datetime

from django.utils import translation

from alicerce.apps.customers import public as customers
from alicerce.apps.hosting import public as hosting
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.transfers.models import Transfer
from alicerce.apps.transfers.queries.words import words
from alicerce.apps.transfers.types import Said
from alicerce.kernel.brazil import display_domain


def write_to_customer(*, transfer: Transfer, at: datetime) -> None:
    """Once for each stage of each examination, in the commit that makes it true."""
    customer = customers.customer(transfer.customer_id)
    service = hosting.service_view(transfer.service_id)
    assert service is not None, "a transfer keeps its service"
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    notify.send(
        template=f"transfer_{transfer.stage}",
        to=customer.email,
        key=f"transfer-{transfer.stage}:{transfer.id}:{transfer.examination}",
        values={
            "name": customer.name,
            "domain": display_domain(service.domain),
            "reasons": _reasons(transfer, customer.locale),
            "link_transfer": f"{base_url}/area-do-cliente/migracoes/{transfer.id}/",
        },
        at=at,
        locale=customer.locale,
    )


def _reasons(transfer: Transfer, locale: str) -> str:
    """What stands in the way, a line each, in the customer's language."""
    found = [Said.read(kept) for kept in transfer.findings]
    with translation.override(locale):
        return "\n".join(words(said) for said in found if said.blocks)
