"""Who acts on a customer's behalf, and who was asked to."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.customers.models.customer import Customer
from alicerce.apps.customers.models.rounds import InvitationRound
from alicerce.apps.customers.types import CustomerRole, InvitationReason
from alicerce.kernel.db import TenantForeignKey, TenantModel
from alicerce.kernel.personal import Inventory

ROLES = [(role.value, role.value) for role in CustomerRole]


class CustomerUser(TenantModel):
    """A person who reaches the client area on behalf of a customer."""

    inventory: ClassVar = Inventory(
        _("Acesso à área do cliente"), of={"user": "user_id"}, deletes=True
    )

    customer = TenantForeignKey(Customer, models.PROTECT)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=10, choices=ROLES)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "customer", "user"], name="customer_user_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "user"], name="customers_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.customer_id}"

    def become(self, role: CustomerRole) -> bool:
        """False when it is their role already."""
        if self.role == role:
            return False
        self.role = role
        self.save(update_fields=["role"])
        return True


class Invitation(TenantModel):
    """A link, sent to one mailbox, by which whoever reads it may act for a customer. Works once."""

    inventory: ClassVar = Inventory(
        _("Convites para a área do cliente"),
        of={"customer": "customer_id", "email": "email"},
        erase="email",
        plain="token_hash",
        hidden="token_hash",
        deletes=True,
    )

    customer = TenantForeignKey(Customer, models.CASCADE)
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=ROLES)
    round = TenantForeignKey(InvitationRound, models.PROTECT, null=True)
    reason = models.CharField(
        max_length=8, choices=[(reason.value, reason.value) for reason in InvitationReason]
    )
    token_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "token_hash"], name="access_token_once"),
            UniqueConstraint(
                fields=["tenant", "customer", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_open_access",
            ),
            UniqueConstraint(
                fields=["tenant", "round", "customer"],
                condition=Q(round__isnull=False),
                name="customer_once_a_round",
            ),
            UniqueConstraint(
                fields=["tenant", "round", "email"],
                condition=Q(round__isnull=False),
                name="mailbox_once_a_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.customer_id}"

    def is_open(self, *, at: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and at < self.expires_at

    def accept(self, *, at: datetime) -> bool:
        """False when it no longer opens anything."""
        if not self.is_open(at=at):
            return False
        self.accepted_at = at
        self.save(update_fields=["accepted_at"])
        return True

    def revoke(self, *, at: datetime) -> bool:
        """False when it was over already."""
        if self.accepted_at or self.revoked_at:
            return False
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])
        return True
