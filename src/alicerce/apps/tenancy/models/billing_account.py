"""Who pays the platform: rows of the root tenant, for it is the root tenant that they buy from."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.tenancy.types import PaymentStatus
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import FISCAL, Inventory


class BillingAccount(TenantModel):
    """A buyer of the platform, owned by one person; pays for any number of tenants."""

    inventory: ClassVar = Inventory(
        _("Contas de cobrança"),
        of={"user": "owner_id"},
        erase="billing_email suspension_reason provider_customer_id",
        keep={FISCAL: "name"},
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=120)
    billing_email = models.EmailField()
    payment_status = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in PaymentStatus],
        default=PaymentStatus.PENDING,
    )
    suspended_at = models.DateTimeField(null=True)
    suspension_reason = models.CharField(max_length=200, blank=True)
    provider_customer_id = models.CharField(max_length=120, blank=True)

    objects: ClassVar[Any] = TenantQuerySet["BillingAccount"].as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "provider_customer_id"],
                condition=~Q(provider_customer_id=""),
                name="provider_customer_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "owner"], name="accounts_of_owner")]

    def __str__(self) -> str:
        return self.name

    def describe(self, *, name: str, billing_email: str) -> bool:
        """Take another name and address. False when both are its own already."""
        if (name, billing_email) == (self.name, self.billing_email):
            return False
        self.name, self.billing_email = name, billing_email
        self.save(update_fields=["name", "billing_email"])
        return True

    def stand(self, status: PaymentStatus) -> bool:
        """Be as the books say. False when it is so already."""
        if self.payment_status == status:
            return False
        self.payment_status = status
        self.save(update_fields=["payment_status"])
        return True

    def suspend(self, reason: str, *, at: datetime) -> bool:
        """Stop being good for new tenants. False when it is suspended already."""
        if self.suspended_at:
            return False
        self.suspended_at, self.suspension_reason = at, reason
        self.save(update_fields=["suspended_at", "suspension_reason"])
        return True

    def resume(self) -> bool:
        """Be good again. False when nothing had stopped it."""
        if not self.suspended_at:
            return False
        self.suspended_at, self.suspension_reason = None, ""
        self.save(update_fields=["suspended_at", "suspension_reason"])
        return True


class PaidTenant(TenantModel):
    """Which account pays for a tenant: one row per tenant, so that there is never a second payer."""

    account = TenantForeignKey(BillingAccount, models.PROTECT)
    paid = models.ForeignKey("tenancy.Tenant", models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()

    objects: ClassVar[Any] = TenantQuerySet["PaidTenant"].as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "paid"], name="one_payer_per_tenant"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} pays for {self.paid_id}"

    def move(self, account: BillingAccount, *, at: datetime) -> bool:
        """Be paid by another account from now on. False when it is the one already."""
        if self.account_id == account.id:
            return False
        self.account, self.since = account, at
        self.save(update_fields=["account", "since"])
        return True
