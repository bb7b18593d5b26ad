"""What other apps may ask of tenancy."""

from alicerce.apps.tenancy.models import Customer, CustomerUser
from alicerce.apps.tenancy.queries import (
    access_of,
    all_tenant_ids,
    customer,
    customers_of_user,
    is_known_beyond,
    is_member,
    is_open,
    root_tenant,
    sole_customers_of,
    tenant_card,
    tenant_ids,
    tenant_names,
    tenant_of_host,
)
from alicerce.apps.tenancy.services import add_member, open_tenant, recognize_customer
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "access_of",
    "add_member",
    "all_tenant_ids",
    "customer",
    "customers_of_user",
    "is_known_beyond",
    "is_member",
    "is_open",
    "open_tenant",
    "personal",
    "recognize_customer",
    "root_tenant",
    "sole_customers_of",
    "tenant_card",
    "tenant_ids",
    "tenant_names",
    "tenant_of_host",
]

personal = PersonalRecords(Customer, CustomerUser)
