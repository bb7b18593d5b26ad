"""Revenue that was asked for and is not earned yet."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, F, Func, Q, UniqueConstraint, Value

from alicerce.apps.billing.models.invoice import Invoice
from alicerce.apps.billing.rules.deferring import earned
from alicerce.apps.billing.types import Period
from alicerce.apps.billing.types.deferring import NewDeferral
from alicerce.kernel.bulk import insert_rows
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.ids import uuid7
from alicerce.kernel.personal import Inventory

COLUMNS = (
    "id",
    "invoice_id",
    "position",
    "subscription_id",
    "amount_cents",
    "currency",
    "starts_on",
    "ends_on",
    "begun_on",
)


class Earned(Func):
    """`rules.deferring.earned`, where the rows are."""

    function = "billing_earned"
    output_field = models.BigIntegerField()


class DeferralQuerySet(TenantQuerySet["Deferral"]):
    def standing(self) -> "DeferralQuerySet":
        return self.filter(closed_on__isnull=True)

    def on(self, day: date) -> "DeferralQuerySet":
        """Those that counted at the end of that day, and had days to come."""
        counted = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
        return self.filter(counted, begun_on__lte=day, ends_on__gt=day)

    def with_unearned(self, day: date) -> "DeferralQuerySet":
        until = Value(day, output_field=models.DateField())
        said = Earned("amount_cents", "starts_on", "ends_on", until)
        return self.annotate(unearned_cents=F("amount_cents") - said)

    def write(self, rows: Iterable[NewDeferral]) -> None:
        """Many at once."""
        insert_rows(self.model, COLUMNS, [_columns(row) for row in rows])

    def close(self, ids: Sequence[UUID], *, on: date) -> None:
        """Count no longer from this day on."""
        self.filter(pk__in=ids).update(closed_on=on)


class Deferral(OperatedModel):
    """So much of an invoice is for these days. What changes it closes it, and writes what is left anew.

    It counts from `begun_on`: what its days before were worth was revenue at once.
    """

    inventory: ClassVar = Inventory(of={"invoice": "invoice_id"}, plain="currency")

    invoice = TenantForeignKey(Invoice, models.PROTECT)
    position = models.PositiveSmallIntegerField(null=True)
    subscription_id = models.UUIDField(null=True)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    starts_on = models.DateField()
    ends_on = models.DateField()
    begun_on = models.DateField()
    closed_on = models.DateField(null=True)

    objects: ClassVar[Any] = DeferralQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "invoice", "position", "subscription_id"],
                condition=Q(closed_on__isnull=True),
                nulls_distinct=False,
                name="one_deferral_per_line",
            ),
            CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on"), begun_on__lt=F("ends_on")),
                name="deferral_has_days_to_come",
            ),
            CheckConstraint(condition=~Q(amount_cents=0), name="deferral_of_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "invoice"], name="deferrals_of_invoice"),
            models.Index(fields=["tenant", "ends_on"], name="deferrals_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_cents} {self.currency}"

    def unearned(self, day: date) -> int:
        period = Period(self.starts_on, self.ends_on)
        return int(self.amount_cents) - earned(self.amount_cents, period, before=day)


class Recognition(OperatedModel):
    """Up to which day a company's revenue was recognized: what earlier days were worth is in the books."""

    inventory: ClassVar = Inventory()

    until = models.DateField()

    objects: ClassVar[Any] = TenantQuerySet["Recognition"].as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant"], name="one_recognition_per_company"),
        ]

    def __str__(self) -> str:
        return str(self.until)

    def move(self, until: date) -> None:
        self.until = until
        self.save(update_fields=["until"])


def _columns(row: NewDeferral) -> tuple[Any, ...]:
    return (
        uuid7(),
        row.invoice_id,
        row.position,
        row.subscription_id,
        row.amount.cents,
        row.amount.currency,
        row.period.starts_on,
        row.period.ends_on,
        row.begun_on,
    )
