"""Who buys from the current tenant."""

from uuid import UUID

from alicerce.apps.tenancy.models import Customer, CustomerUser
from alicerce.apps.tenancy.types import CustomerCard


def customers_of_user(user_id: UUID) -> list[UUID]:
    return list(
        CustomerUser.objects.filter(user_id=user_id).values_list("customer_id", flat=True)
    )


def customer(customer_id: UUID) -> CustomerCard:
    """Raises Customer.DoesNotExist."""
    return Customer.objects.get(pk=customer_id).card()
