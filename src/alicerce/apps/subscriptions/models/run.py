"""Billing runs, and the batches they were done in: what their pages count."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.kernel.db import AppendOnlyModel, OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.personal import Inventory


class BillingRunQuerySet(TenantQuerySet["BillingRun"]):
    def open(self) -> "BillingRunQuerySet":
        return self.filter(finished_at__isnull=True)


class BillingRun(OperatedModel):
    """The renewals of one local day, from the first batch to the last. One at a time."""

    inventory: ClassVar = Inventory(plain="started_by")

    on = models.DateField()
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=120)
    due = models.PositiveIntegerField()
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = BillingRunQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant"],
                condition=Q(finished_at__isnull=True),
                name="one_open_billing_run",
            ),
        ]

    def __str__(self) -> str:
        return f"billing run of {self.on}"

    def finish(self, *, at: datetime) -> bool:
        """False when it already is finished."""
        if self.finished_at is not None:
            return False
        self.finished_at = at
        self.save(update_fields=["finished_at"])
        return True


class BillingBatch(AppendOnlyModel):
    """What one transaction of a run wrote, in one currency. Nothing is counted twice: rows sum up."""

    inventory: ClassVar = Inventory(plain="currency")

    run = TenantForeignKey(BillingRun, models.PROTECT)
    at = models.DateTimeField()
    currency = models.CharField(max_length=3, default="", blank=True)
    customers = models.PositiveIntegerField(default=0)
    invoices = models.PositiveIntegerField(default=0)
    renewals = models.PositiveIntegerField(default=0)
    parked = models.PositiveIntegerField(default=0)
    total_cents = models.BigIntegerField(default=0)

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            CheckConstraint(condition=Q(total_cents__gte=0), name="billing_batch_total"),
        ]

    def __str__(self) -> str:
        return f"{self.renewals} renewals"
