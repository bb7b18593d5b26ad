"""What erasing somebody would do, and what stands in its way."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceStatus
from alicerce.apps.customers import public as customers
from alicerce.apps.hosting import public as hosting
from alicerce.apps.hosting.types import ServiceStatus
from alicerce.apps.orders import public as orders
from alicerce.apps.privacy import rules
from alicerce.apps.privacy.services.holders import HOLDERS, PERSON, subjects_of
from alicerce.apps.privacy.types import Obstacle
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.personal import Fate


@transaction()
def obstacles(*, user_id: UUID) -> list[Obstacle]:
    """A contract in force needs to know with whom it is."""
    sole = customers.sole_customers_of(user_id)
    found = {
        Obstacle.SERVICE: _has_live_services(sole),
        Obstacle.ORDER: any(orders.orders_owed_to(each) for each in sole),
        Obstacle.INVOICE: _has_invoices(sole, InvoiceStatus.OPEN),
        Obstacle.TEAM: tenancy.is_member(user_id),
        Obstacle.PAYER: tenancy.is_payer(user_id),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


@transaction()
def fates(*, user_id: UUID) -> list[Fate]:
    """Table by table, what would be deleted, emptied or kept."""
    sole = customers.sole_customers_of(user_id)
    subjects = subjects_of(user_id=user_id, customer_ids=sole)
    every = [fate for holder in HOLDERS for fate in holder.fate_of(subjects)]
    shared = [] if _is_known_elsewhere(user_id) else PERSON.fate_of(subjects)
    return [fate for fate in [*every, *shared] if fate.changes]


@transaction()
def kept_until(*, customer_ids: Sequence[UUID]) -> date | None:
    """How long the law keeps what names a customer on an invoice; None when none was ever paid."""
    paid_at = billing.last_paid_at(customer_ids)
    here = ZoneInfo(tenancy.tenant_card().time_zone)
    return rules.kept_until(paid_at.astimezone(here).date() if paid_at else None)


@transaction()
def kept_until_of(*, user_id: UUID) -> date | None:
    return kept_until(customer_ids=customers.sole_customers_of(user_id))


def _is_known_elsewhere(user_id: UUID) -> bool:
    return customers.is_known_beyond(user_id=user_id, tenant_id=current_tenant_id())


def _has_live_services(customer_ids: Sequence[UUID]) -> bool:
    found = hosting.services_of(customer_ids)
    return any(service.status != ServiceStatus.TERMINATED for service in found)


def _has_invoices(customer_ids: Sequence[UUID], status: InvoiceStatus) -> bool:
    return bool(billing.invoices(status=status, customer_ids=customer_ids, limit=1).invoices)
