"""What other apps may ask of tenancy."""

from alicerce.apps.tenancy.queries import (
    access_of,
    all_tenant_ids,
    is_open,
    root_tenant,
    tenant_card,
    tenant_ids,
    tenant_names,
    tenant_of_host,
)
from alicerce.apps.tenancy.services import add_member, open_sandbox, open_tenant

__all__ = [
    "access_of",
    "add_member",
    "all_tenant_ids",
    "is_open",
    "open_sandbox",
    "open_tenant",
    "root_tenant",
    "tenant_card",
    "tenant_ids",
    "tenant_names",
    "tenant_of_host",
]
