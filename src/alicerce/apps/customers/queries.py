"""Who buys from the company, and who acts for whom."""

from uuid import UUID

from alicerce.apps.customers.models import Customer, CustomerUser
from alicerce.apps.customers.permissions import CLIENT_AREA
from alicerce.apps.customers.types import ClientAccess, CustomerCard


def client_access(user_id: UUID | None) -> ClientAccess:
    """What a person may do for the current tenant's customers; a stranger nothing."""
    customers = tuple(customers_of_user(user_id)) if user_id else ()
    return ClientAccess(frozenset({CLIENT_AREA}), customers) if customers else ClientAccess()


def customers_of_user(user_id: UUID) -> list[UUID]:
    return list(
        CustomerUser.objects.filter(user_id=user_id).values_list("customer_id", flat=True)
    )


def customer(customer_id: UUID) -> CustomerCard:
    """Raises Customer.DoesNotExist."""
    return Customer.objects.get(pk=customer_id).card()
