"""The letters of the ladder."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.customers import public as customers
from alicerce.apps.dunning.queries.letters import TEMPLATES, letter_values, owed_of
from alicerce.apps.dunning.types import Planned
from alicerce.apps.notify import public as notify
from alicerce.apps.subscriptions.types import SubscriptionCard
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction


@transaction(shared=True)
def write_letter(
    *,
    step: Planned,
    invoice: InvoiceSummary,
    services: Sequence[SubscriptionCard],
    at: datetime,
) -> None:
    """Queue the letter of a step: one for each invoice and step, however often it is asked."""
    customer, zone = customers.customer(invoice.customer_id), tenancy.tenant_card().time_zone
    owed = owed_of(invoice, [card.description for card in services], at=at)
    notify.send(
        template=TEMPLATES[step.kind],
        to=customer.email,
        key=f"dunning:{invoice.id.hex}:{step.step}",
        values=letter_values(step, owed, customer, ZoneInfo(zone)),
        at=at,
        locale=customer.locale,
    )
