"""Customers of the current tenant."""

from uuid import UUID

from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.types import CustomerCard


def customer(customer_id: UUID) -> CustomerCard:
    """Raises Customer.DoesNotExist."""
    return Customer.objects.get(pk=customer_id).card()
