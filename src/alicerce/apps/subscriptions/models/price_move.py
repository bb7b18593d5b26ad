"""Subscriptions on their way to another price of their plan."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.models.change import Change
from alicerce.apps.subscriptions.models.subscription import Subscription
from alicerce.apps.subscriptions.types.price_moves import MovedStatus, MoveSums
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory


class PriceMove(TenantModel):
    """From the first renewal on or after a day, subscriptions of older prices pay this one. Written once."""

    inventory: ClassVar = Inventory(plain="currency reason from_price_ids")

    price = TenantForeignKey("catalog.Price", models.PROTECT)
    from_price_ids = models.JSONField()
    first_on = models.DateField()
    notice_days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    cycle = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Cycle])
    currency = models.CharField(max_length=3)
    subscriptions = models.PositiveIntegerField()
    customers = models.PositiveIntegerField()
    before_cents = models.PositiveBigIntegerField()
    after_cents = models.PositiveBigIntegerField()
    monthly_before_cents = models.PositiveBigIntegerField()
    monthly_after_cents = models.PositiveBigIntegerField()
    asked_at = models.DateTimeField()
    canceled_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            CheckConstraint(
                condition=Q(subscriptions__gte=1), name="price_move_moves_somebody"
            ),
            CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_move_currency_iso"
            ),
        ]
        indexes: ClassVar = [Index(fields=["tenant", "price", "-id"], name="moves_to_price")]

    def __str__(self) -> str:
        return f"{self.subscriptions} from {self.first_on}"

    @property
    def sums(self) -> MoveSums:
        return MoveSums(
            self.subscriptions,
            self.customers,
            *(
                Money(cents, self.currency)
                for cents in (
                    self.before_cents,
                    self.after_cents,
                    self.monthly_before_cents,
                    self.monthly_after_cents,
                )
            ),
        )

    def call_off(self, *, at: datetime) -> bool:
        """False when it was before."""
        if self.canceled_at is not None:
            return False
        self.canceled_at = at
        self.save(update_fields=["canceled_at"])
        return True


class MovedPriceQuerySet(TenantQuerySet["MovedPrice"]):
    def waiting(self) -> "MovedPriceQuerySet":
        return self.filter(status=MovedStatus.WAITING)

    def to_tell(self, on: date) -> "MovedPriceQuerySet":
        """Their letter's day is here, and nobody wrote it."""
        return self.waiting().filter(told_at__isnull=True, tell_on__lte=on)

    def to_recall(self) -> "MovedPriceQuerySet":
        """They were told of what will not be, and nobody wrote them so."""
        withdrawn = self.filter(status=MovedStatus.WITHDRAWN, recalled_at__isnull=True)
        return withdrawn.filter(told_at__isnull=False)

    def leave(self, subscription_id: UUID, *, at: datetime) -> None:
        """It ended, or its customer chose another plan: there is nothing to move any more."""
        own = self.waiting().filter(subscription_id=subscription_id)
        own.update(status=MovedStatus.LEFT, closed_at=at)

    def wait_again(self, change_id: UUID) -> None:
        """The renewal that would have brought it was taken back."""
        self.filter(change_id=change_id, status=MovedStatus.APPLIED).update(
            status=MovedStatus.WAITING, change_id=None, closed_at=None
        )


class MovedPrice(OperatedModel):
    """One subscription of a move. It pays the new price when it was told so long before as was promised."""

    inventory: ClassVar = Inventory(
        _("Reajustes"), of={"customer": "customer_id", "subscription": "subscription_id"}
    )

    move = TenantForeignKey(PriceMove, models.PROTECT)
    subscription = TenantForeignKey(Subscription, models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    from_price = TenantForeignKey("catalog.Price", models.PROTECT)
    unit_cents = models.PositiveBigIntegerField()
    before_cents = models.PositiveBigIntegerField()
    after_cents = models.PositiveBigIntegerField()
    effective_on = models.DateField()
    tell_on = models.DateField()
    status = models.CharField(
        max_length=9,
        choices=[(s.value, s.value) for s in MovedStatus],
        default=MovedStatus.WAITING,
    )
    told_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True)
    change = TenantForeignKey(Change, models.PROTECT, null=True)
    closed_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = MovedPriceQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "move", "subscription"], name="moved_once_by_a_move"
            ),
            UniqueConstraint(
                fields=["tenant", "subscription"],
                condition=Q(status="waiting"),
                name="one_price_to_come",
            ),
            CheckConstraint(
                condition=Q(told_at__isnull=True, told_on__isnull=True)
                | Q(told_at__isnull=False, told_on__isnull=False),
                name="moved_told_on_a_day",
            ),
            CheckConstraint(
                condition=~Q(status="applied") | Q(told_at__isnull=False, change__isnull=False),
                name="moved_after_it_was_told",
            ),
        ]
        indexes: ClassVar = [
            Index(
                fields=["tenant", "tell_on"],
                condition=Q(status="waiting", told_at__isnull=True),
                name="moved_to_tell",
            ),
            Index(
                fields=["tenant", "customer"],
                condition=Q(status="withdrawn", recalled_at__isnull=True),
                name="moved_to_recall",
            ),
            Index(fields=["tenant", "move", "status", "id"], name="moved_of_move"),
            Index(
                fields=["tenant", "change"],
                condition=Q(change__isnull=False),
                name="moved_by_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_cents} to {self.after_cents}"
