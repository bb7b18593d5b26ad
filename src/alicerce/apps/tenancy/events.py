"""Facts of tenancy."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class TenantOpened(Event):
    name: ClassVar[str] = "tenant.opened"
    description: ClassVar = _("A empresa foi aberta.")

    slug: str


class TenantChanged(Event):
    name: ClassVar[str] = "tenant.changed"


class TenantSuspended(Event):
    name: ClassVar[str] = "tenant.suspended"


class TenantResumed(Event):
    name: ClassVar[str] = "tenant.resumed"


class MemberInvited(Event):
    """Somebody is to get a letter; asked for by its id, for the token is in no queue."""

    name: ClassVar[str] = "member.invited"

    invitation_id: UUID


class PayerInvited(Event):
    name: ClassVar[str] = "payer.invited"

    invitation_id: UUID


class MemberJoined(Event):
    name: ClassVar[str] = "member.joined"

    user_id: UUID
    role: str


class MemberRoleChanged(Event):
    name: ClassVar[str] = "member.role_changed"

    user_id: UUID
    role: str


class MemberLeft(Event):
    name: ClassVar[str] = "member.left"

    user_id: UUID


class OwnershipTransferred(Event):
    name: ClassVar[str] = "tenant.ownership_transferred"

    from_user_id: UUID
    to_user_id: UUID


class RoleChanged(Event):
    name: ClassVar[str] = "role.changed"

    key: str


class ProductEnabled(Event):
    name: ClassVar[str] = "product.enabled"

    product: str


class ProductDisabled(Event):
    name: ClassVar[str] = "product.disabled"

    product: str


class PayerChanged(Event):
    name: ClassVar[str] = "tenant.payer_changed"

    account_id: UUID


class BillingAccountOpened(Event):
    """A buyer of the platform. Published in the root tenant, whose buyer it is."""

    name: ClassVar[str] = "billing_account.opened"

    account_id: UUID
