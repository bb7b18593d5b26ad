"""The periods that were invoiced: the key that makes a renewal happen once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from alicerce.apps.billing.types import Period
from alicerce.apps.subscriptions.models.renewing import FIRST
from alicerce.apps.subscriptions.models.subscription import Subscription
from alicerce.kernel.bulk import insert_rows
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory

COLUMNS = (
    "id",
    "subscription_id",
    "starts_on",
    "ends_on",
    "invoice_id",
    "amount_cents",
    "currency",
    "version",
)


class BilledPeriodQuerySet(TenantQuerySet["BilledPeriod"]):
    def standing(self) -> "BilledPeriodQuerySet":
        return self.filter(released_at__isnull=True)

    def before(self, day: date) -> "BilledPeriodQuerySet":
        """Whole periods that began before this day, the latest first."""
        return self.standing().filter(starts_on__lt=day, is_part=False).order_by("-starts_on")

    def write(self, periods: Iterable[tuple[UUID, Period, UUID, Money, int]]) -> None:
        """Many at once: subscription, days, invoice, amount, version of its items. A period that stands already fails it all."""
        insert_rows(
            self.model,
            COLUMNS,
            [
                (
                    uuid7(),
                    subscription_id,
                    period.starts_on,
                    period.ends_on,
                    invoice_id,
                    amount.cents,
                    amount.currency,
                    version,
                )
                for subscription_id, period, invoice_id, amount, version in periods
            ],
        )


class BilledPeriod(OperatedModel):
    """Days of a subscription that an invoice asks to be paid.

    It is released when that invoice is taken back before its days came: they may be asked for again; and
    when a change asks for all of them anew. A change within a period asks for a part of it.
    """

    inventory: ClassVar = Inventory(plain="currency")

    subscription = TenantForeignKey(Subscription, models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    invoice = TenantForeignKey("billing.Invoice", models.PROTECT)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    version = models.PositiveSmallIntegerField(db_default=FIRST, default=FIRST)
    is_part = models.BooleanField(db_default=False, default=False)
    released_at = models.DateTimeField(null=True)
    credited_on = ArrayField(models.DateField(), default=list, db_default=models.Value("{}"))
    """Its days that were credited, for want of service."""

    objects: ClassVar[Any] = BilledPeriodQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "subscription", "starts_on"],
                condition=Q(released_at__isnull=True),
                name="period_billed_once",
            ),
            CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="billed_period_has_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    def credit(self, days: Iterable[date]) -> None:
        """Only under the customer's schedule, and for days that were not credited before."""
        self.credited_on = sorted({*self.credited_on, *days})
        self.save(update_fields=["credited_on"])

    def release(self, *, at: datetime) -> bool:
        """Be asked for no longer. False when it is so."""
        if self.released_at is not None:
            return False
        self.released_at = at
        self.save(update_fields=["released_at"])
        return True
