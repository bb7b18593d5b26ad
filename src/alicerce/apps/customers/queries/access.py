"""Who acts on behalf of which customers."""

from uuid import UUID

from alicerce.apps.customers.models import CustomerUser
from alicerce.apps.customers.permissions import CLIENT_AREA
from alicerce.apps.customers.types import ClientAccess


def client_access(user_id: UUID | None) -> ClientAccess:
    """What a person may do for the current tenant's customers; a stranger nothing."""
    customers = tuple(customers_of_user(user_id)) if user_id else ()
    return ClientAccess(frozenset({CLIENT_AREA}), customers) if customers else ClientAccess()


def customers_of_user(user_id: UUID) -> list[UUID]:
    return list(
        CustomerUser.objects.filter(user_id=user_id).values_list("customer_id", flat=True)
    )
