"""What providers told: each movement, and what they paid out of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q, UniqueConstraint

from alicerce.apps.reconciliation.types import (
    ON_ITS_WAY,
    MovementKind,
    PartView,
    PayoutStatus,
    PayoutView,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory


class Payout(OperatedModel):
    """Money that a provider sent, or sends, to the company's bank. `parts` is the sum of what it is made of."""

    inventory: ClassVar = Inventory(plain="external_id currency descriptor failure")

    account = TenantForeignKey("billing.GatewayAccount", models.PROTECT)
    external_id = models.CharField(max_length=120)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, choices=[(s.value, s.value) for s in PayoutStatus])
    parts_cents = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    arrives_on = models.DateField()
    descriptor = models.CharField(max_length=80, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    paid_at = models.DateTimeField(null=True)
    matched_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "account", "external_id"], name="payout_once_per_account"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "arrives_on"],
                condition=Q(status="paid", matched_at__isnull=True),
                name="payouts_not_in_bank",
            ),
            models.Index(fields=["tenant", "-made_at", "-id"], name="payouts_newest"),
            models.Index(fields=["tenant", "status", "-id"], name="payouts_by_status"),
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    def become(self, status: PayoutStatus, *, failure: str, at: datetime) -> bool:
        """What the provider says of it now. Whether that is paid, and was not before."""
        before = self.status
        self.status, self.failure, self.read_at = status, failure[:80], at
        arrived = status == PayoutStatus.PAID != before
        if arrived:
            self.paid_at = at
        self.save(update_fields=["status", "failure", "read_at", "paid_at"])
        return arrived

    @property
    def is_on_its_way(self) -> bool:
        return self.status in ON_ITS_WAY

    def made_of(self, cents: int) -> None:
        self.parts_cents = cents
        self.save(update_fields=["parts_cents"])

    def matched(self, *, at: datetime | None) -> None:
        """A line of the bank is this money; or it was taken for another."""
        self.matched_at = at
        self.save(update_fields=["matched_at"])

    def view(self, line_ids: Sequence[UUID] = (), rest_cents: int = 0) -> PayoutView:
        return PayoutView(
            id=self.id,
            account_id=self.account_id,
            external_id=self.external_id,
            amount=self.amount,
            parts_cents=self.parts_cents,
            status=PayoutStatus(self.status),
            made_at=self.made_at,
            arrives_on=self.arrives_on,
            descriptor=self.descriptor,
            failure=self.failure,
            line_ids=line_ids,
            rest_cents=rest_cents,
        )


class MovementQuerySet(TenantQuerySet["Movement"]):
    def payments(self) -> "MovementQuerySet":
        return self.filter(kind=MovementKind.PAYMENT)


class Movement(OperatedModel):
    """One movement of the money that a provider holds for us, in its own words, as last read."""

    inventory: ClassVar = Inventory(
        plain="external_id reference currency status payment_reference"
    )

    account = TenantForeignKey("billing.GatewayAccount", models.PROTECT)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in MovementKind])
    external_id = models.CharField(max_length=120)
    reference = models.CharField(max_length=120)
    payment_reference = models.CharField(max_length=120, blank=True)
    amount_cents = models.BigIntegerField()
    fee_cents = models.BigIntegerField()
    platform_cents = models.BigIntegerField(db_default=0, default=0)
    net_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=8)
    happened_at = models.DateTimeField()
    payout = TenantForeignKey(Payout, models.PROTECT, null=True)

    objects: ClassVar[Any] = MovementQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "account", "external_id"], name="movement_once_per_account"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "account", "reference"], name="movements_by_reference"
            ),
            models.Index(
                fields=["tenant", "account", "amount_cents", "happened_at"],
                name="movements_by_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.external_id

    def part(self) -> PartView:
        return PartView(
            kind=MovementKind(self.kind),
            reference=self.reference,
            net=Money(self.net_cents, self.currency),
            fee=Money(self.fee_cents, self.currency),
            platform=Money(self.platform_cents, self.currency),
            happened_at=self.happened_at,
        )
