"""Accounts in the platform's own book, and what each pays for. All rows are the root tenant's."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from alicerce.apps.payers.types import SaleEnd
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class AccountCustomer(TenantModel):
    """The customer that an account is to the platform: one for each, and for ever."""

    inventory: ClassVar = Inventory()

    account = TenantForeignKey("tenancy.BillingAccount", models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)

    objects: ClassVar[Any] = TenantQuerySet["AccountCustomer"].as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "account"], name="one_customer_per_account"),
            UniqueConstraint(fields=["tenant", "customer"], name="one_account_per_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} buys as {self.customer_id}"


class SaleQuerySet(TenantQuerySet["Sale"]):
    def live(self) -> "SaleQuerySet":
        return self.filter(ended_at__isnull=True)


class Sale(TenantModel):
    """A product that a company has and an account pays for, until another does or nobody."""

    inventory: ClassVar = Inventory()

    account = TenantForeignKey("tenancy.BillingAccount", models.PROTECT)
    company = models.ForeignKey(
        "tenancy.Tenant", models.PROTECT, related_name="+", db_index=False
    )
    product = models.CharField(max_length=12, choices=[(p.value, p.value) for p in ProductKey])
    subscription = TenantForeignKey("subscriptions.Subscription", models.PROTECT)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(
        max_length=7, choices=[(e.value, e.value) for e in SaleEnd], default="", blank=True
    )

    objects: ClassVar[Any] = SaleQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "company", "product"],
                condition=Q(ended_at__isnull=True),
                name="product_sold_once_per_company",
            ),
            UniqueConstraint(
                fields=["tenant", "subscription"], name="one_sale_per_subscription"
            ),
            CheckConstraint(
                condition=Q(ended_at__isnull=True, end="")
                | Q(ended_at__isnull=False, end__gt=""),
                name="sale_ended_for_a_reason",
            ),
        ]
        indexes: ClassVar = [
            Index(
                fields=["tenant", "account", "company"],
                condition=Q(ended_at__isnull=True),
                name="sales_of_account",
            ),
            Index(fields=["tenant", "company", "product", "-id"], name="sales_of_company"),
        ]

    def __str__(self) -> str:
        return f"{self.product} of {self.company_id}"

    def finish(self, end: SaleEnd, *, at: datetime) -> bool:
        """Be asked for no more. False when it is not already."""
        if self.ended_at is not None:
            return False
        self.ended_at, self.end = at, end
        self.save(update_fields=["ended_at", "end"])
        return True


class PurchaseQuerySet(TenantQuerySet["Purchase"]):
    def waiting(self) -> "PurchaseQuerySet":
        return self.filter(closed_at__isnull=True)


class Purchase(TenantModel):
    """A product that a company's own people ordered, until it is delivered or its order is canceled."""

    inventory: ClassVar = Inventory()

    account = TenantForeignKey("tenancy.BillingAccount", models.PROTECT)
    company = models.ForeignKey(
        "tenancy.Tenant", models.PROTECT, related_name="+", db_index=False
    )
    product = models.CharField(max_length=12, choices=[(p.value, p.value) for p in ProductKey])
    order = TenantForeignKey("orders.Order", models.PROTECT)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = PurchaseQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "company", "product"],
                condition=Q(closed_at__isnull=True),
                name="product_ordered_once_per_company",
            ),
            UniqueConstraint(fields=["tenant", "order"], name="one_purchase_per_order"),
        ]
        indexes: ClassVar = [
            Index(
                fields=["tenant", "account"],
                condition=Q(closed_at__isnull=True),
                name="purchases_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} for {self.company_id}, ordered"

    def close(self, *, at: datetime) -> bool:
        """Wait for nothing more. False when it does not already."""
        if self.closed_at is not None:
            return False
        self.closed_at = at
        self.save(update_fields=["closed_at"])
        return True
