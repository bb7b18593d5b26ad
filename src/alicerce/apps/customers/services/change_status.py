"""Block a customer, serve them again, close them, take them back."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.customers.errors import CustomerHasServices, CustomerHasUnpaidOrders
from alicerce.apps.customers.events import (
    CustomerBlocked,
    CustomerClosed,
    CustomerReopened,
    CustomerUnblocked,
)
from alicerce.apps.customers.ports import live_things, unpaid_things
from alicerce.apps.customers.services.save_customer import locked
from alicerce.apps.customers.types import CustomerStatus
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import LimitKey
from alicerce.kernel.db import transaction
from alicerce.kernel.events import Event, publish


def block_customer(*, customer_id: UUID, at: datetime) -> bool:
    """Take no more orders of theirs. False when it is so already. Raises CustomerClosed."""
    fact = CustomerBlocked(at=at, customer_id=customer_id)
    return _change(customer_id, CustomerStatus.BLOCKED, fact, at=at)


def unblock_customer(*, customer_id: UUID, at: datetime) -> bool:
    """False when they were not blocked."""
    fact = CustomerUnblocked(at=at, customer_id=customer_id)
    return _change(customer_id, CustomerStatus.ACTIVE, fact, at=at, only=CustomerStatus.BLOCKED)


@transaction()
def close_customer(*, customer_id: UUID, at: datetime) -> bool:
    """End the relation. False when it is over already.

    Raises CustomerHasServices, CustomerHasUnpaidOrders.
    """
    locked(customer_id=customer_id)
    if any(count(customer_id) for count in live_things.values()):
        raise CustomerHasServices
    unpaid = [number for find in unpaid_things.values() for number in find(customer_id)]
    if unpaid:
        raise CustomerHasUnpaidOrders(unpaid)
    fact = CustomerClosed(at=at, customer_id=customer_id)
    return _change(customer_id, CustomerStatus.CLOSED, fact, at=at)


def reopen_customer(*, customer_id: UUID, at: datetime) -> bool:
    """False when they were not closed. Raises LimitReached."""
    fact = CustomerReopened(at=at, customer_id=customer_id)
    with transaction():
        changed = _change(
            customer_id, CustomerStatus.ACTIVE, fact, at=at, only=CustomerStatus.CLOSED
        )
        tenancy.keep_within(key=LimitKey.CUSTOMERS, at=at)
    return changed


@transaction()
def _change(
    customer_id: UUID,
    status: CustomerStatus,
    fact: Event,
    *,
    at: datetime,
    only: CustomerStatus | None = None,
) -> bool:
    customer = locked(customer_id=customer_id)
    before = customer.status
    if (only and before != only) or not customer.become(status):
        return False
    audit.record(
        action=fact.name,
        entity="customer",
        entity_id=customer_id,
        before={"status": before},
        after={"status": status.value},
        at=at,
    )
    publish(fact)
    return True
