"""What other apps may ask of tenancy."""

from alicerce.apps.tenancy.queries import (
    access_of,
    all_tenant_ids,
    customer,
    customers_of_user,
    is_open,
    root_tenant,
    tenant_card,
    tenant_ids,
    tenant_names,
    tenant_of_host,
)
from alicerce.apps.tenancy.services import add_member, open_tenant, recognize_customer

__all__ = [
    "access_of",
    "add_member",
    "all_tenant_ids",
    "customer",
    "customers_of_user",
    "is_open",
    "open_tenant",
    "recognize_customer",
    "root_tenant",
    "tenant_card",
    "tenant_ids",
    "tenant_names",
    "tenant_of_host",
]
