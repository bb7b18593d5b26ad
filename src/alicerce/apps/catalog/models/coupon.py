"""Coupons, what they are good for, and what an order took from the catalog."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.models.plan import Plan
from alicerce.apps.catalog.rules import WHOLE_BP
from alicerce.apps.catalog.types import CouponForm, CouponKind, CouponStatus
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class CouponQuerySet(TenantQuerySet["Coupon"]):
    def good(self, *, at: datetime) -> "CouponQuerySet":
        """Those in force. Whether some are left is asked when one is taken."""
        begun = Q(starts_at__isnull=True) | Q(starts_at__lte=at)
        going_on = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
        return self.filter(begun, going_on, retired_at__isnull=True)

    def take_one(self, coupon_id: UUID) -> bool:
        """Count one redemption if one is left. One statement: the database counts, not we."""
        left = Q(most__isnull=True) | Q(redeemed__lt=F("most"))
        return bool(self.filter(left, pk=coupon_id).update(redeemed=F("redeemed") + 1))

    def give_one_back(self, coupon_id: UUID) -> None:
        self.filter(pk=coupon_id).update(redeemed=F("redeemed") - 1)


class Coupon(TenantModel):
    """A promise of a lower price. What it takes off never changes; when it ends may."""

    inventory: ClassVar = Inventory(plain="code currency")

    code = models.CharField(max_length=32)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in CouponKind])
    percent_bp = models.PositiveIntegerField(null=True)
    amount_cents = models.PositiveIntegerField(null=True)
    currency = models.CharField(max_length=3, default="BRL")
    cycles = models.PositiveSmallIntegerField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    most = models.PositiveIntegerField(null=True)
    redeemed = models.PositiveIntegerField(default=0)
    once_per_customer = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)
    copy_of = models.UUIDField(null=True)
    """In a sandbox: the company's coupon that this one follows."""

    objects: ClassVar[Any] = CouponQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "code"], name="coupon_code_per_tenant"),
            CheckConstraint(
                condition=Q(
                    kind="percent",
                    percent_bp__range=(1, WHOLE_BP),
                    amount_cents__isnull=True,
                )
                | Q(kind="fixed", percent_bp__isnull=True, amount_cents__gte=1),
                name="coupon_takes_off_one_way",
            ),
            UniqueConstraint(
                fields=["tenant", "copy_of"],
                condition=Q(copy_of__isnull=False),
                name="coupon_copied_once",
            ),
            CheckConstraint(
                condition=Q(most__isnull=True) | Q(redeemed__lte=F("most")),
                name="coupon_not_overdrawn",
            ),
            CheckConstraint(
                condition=Q(cycles__isnull=True) | Q(cycles__gte=1), name="coupon_some_cycles"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def status(self, *, at: datetime) -> CouponStatus:
        if self.retired_at:
            return CouponStatus.RETIRED
        if self.ends_at and self.ends_at <= at:
            return CouponStatus.ENDED
        if self.most is not None and self.redeemed >= self.most:
            return CouponStatus.USED_UP
        if self.starts_at and self.starts_at > at:
            return CouponStatus.SCHEDULED
        return CouponStatus.GOOD

    def adopt(self, form: CouponForm) -> None:
        """Say what the form says, once: before anybody could redeem it."""
        self.code, self.kind, self.currency = form.code, form.kind, form.currency
        self.percent_bp, self.amount_cents = form.percent_bp, form.amount_cents
        self.cycles, self.once_per_customer = form.cycles, form.once_per_customer
        self.starts_at, self.ends_at, self.most = form.starts_at, form.ends_at, form.most

    def written(self, plan_ids: tuple[UUID, ...]) -> CouponForm:
        return CouponForm(
            code=self.code,
            kind=CouponKind(self.kind),
            percent_bp=self.percent_bp,
            amount_cents=self.amount_cents,
            currency=self.currency,
            cycles=self.cycles,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            most=self.most,
            once_per_customer=self.once_per_customer,
            plan_ids=plan_ids,
        )

    def retire(self, *, at: datetime) -> bool:
        """Be redeemed no more. False when it already was not."""
        if self.retired_at:
            return False
        self.retired_at = at
        self.save(update_fields=["retired_at"])
        return True


class CouponPlan(TenantModel):
    """A plan that a coupon is good for. One without any is good for all."""

    coupon = TenantForeignKey(Coupon, models.PROTECT)
    plan = TenantForeignKey(Plan, models.PROTECT)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "coupon", "plan"], name="coupon_plan_once"),
        ]

    def __str__(self) -> str:
        return f"{self.coupon_id} {self.plan_id}"


class Taking(TenantModel):
    """What an order took of a plan: a coupon's redemption, a unit of stock, a trial. Given back at most once.

    A coupon that is once per customer is taken by one order of theirs at a time, and a plan is tried
    once by each: the keys say so.
    """

    inventory: ClassVar = Inventory(_("Cupons usados"), of={"customer": "customer_id"})

    order_id = models.UUIDField()
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    plan = TenantForeignKey(Plan, models.PROTECT)
    coupon = TenantForeignKey(Coupon, models.PROTECT, null=True)
    is_once = models.BooleanField(default=False)
    from_stock = models.BooleanField(default=False)
    units = models.PositiveIntegerField(default=1, db_default=1)
    """How many of the stock; of what grew or shrank, as many as there are now."""
    is_trial = models.BooleanField(default=False, db_default=False)
    discount_cents = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "order_id", "plan"], name="one_taking_per_order_and_plan"
            ),
            UniqueConstraint(
                fields=["tenant", "coupon", "customer"],
                condition=Q(is_once=True, returned_at__isnull=True),
                name="coupon_once_per_customer",
            ),
            UniqueConstraint(
                fields=["tenant", "plan", "customer"],
                condition=Q(is_trial=True, returned_at__isnull=True),
                name="plan_tried_once_per_customer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}"

    def give_back(self, *, at: datetime) -> bool:
        """False when it was given back before."""
        if self.returned_at:
            return False
        self.returned_at = at
        self.save(update_fields=["returned_at"])
        return True

    def keep(self, units: int) -> None:
        self.units = units
        self.save(update_fields=["units"])
