"""The tables of tenancy."""

from alicerce.apps.tenancy.models.billing_account import BillingAccount, PaidTenant
from alicerce.apps.tenancy.models.invitation import Invitation
from alicerce.apps.tenancy.models.logo import Logo
from alicerce.apps.tenancy.models.product import ProductSubscription
from alicerce.apps.tenancy.models.sandbox_clock import SandboxClock
from alicerce.apps.tenancy.models.team import Membership, Role
from alicerce.apps.tenancy.models.tenant import Host, Tenant

__all__ = [
    "BillingAccount",
    "Host",
    "Invitation",
    "Logo",
    "Membership",
    "PaidTenant",
    "ProductSubscription",
    "Role",
    "SandboxClock",
    "Tenant",
]
