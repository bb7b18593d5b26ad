"""When a customer is billed next, and on which terms the tenant bills."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.subscriptions.types import LEAST_NOTICE, MOST_NOTICE, ParkReason, Terms
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

PARKING = ("parked_at", "parked_reason", "parked_detail", "is_waived")


class ScheduleQuerySet(TenantQuerySet["Schedule"]):
    def due(self, on: date) -> "ScheduleQuerySet":
        return self.filter(next_bill_on__lte=on, parked_at__isnull=True)

    def parked(self) -> "ScheduleQuerySet":
        return self.filter(parked_at__isnull=False)


class Schedule(OperatedModel):
    """One row a customer: whoever bills or changes what they keep buying holds it meanwhile.

    `next_bill_on` is the earliest of their subscriptions', and after `billed_on`: one invoice a day. Parked, nothing of theirs is billed until
    somebody looks; waived, the bounds are not looked at the next time.
    """

    inventory: ClassVar = Inventory(
        _("Dia de cobrança"), of={"customer": "customer_id"}, erase="parked_detail"
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    billing_day = models.PositiveSmallIntegerField(null=True)
    next_bill_on = models.DateField(null=True)
    billed_on = models.DateField(null=True)
    parked_at = models.DateTimeField(null=True)
    parked_reason = models.CharField(
        max_length=10, choices=[(r.value, r.value) for r in ParkReason], default="", blank=True
    )
    parked_detail = models.CharField(max_length=300, default="", blank=True)
    is_waived = models.BooleanField(default=False)

    objects: ClassVar[Any] = ScheduleQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "customer"], name="one_schedule_per_customer"),
            CheckConstraint(
                condition=Q(billing_day__isnull=True)
                | Q(billing_day__gte=1, billing_day__lte=31),
                name="schedule_billing_day",
            ),
            CheckConstraint(
                condition=Q(parked_at__isnull=True, parked_reason="")
                | Q(parked_at__isnull=False, parked_reason__gt=""),
                name="schedule_parked_with_reason",
            ),
        ]
        indexes: ClassVar = [
            Index(
                fields=["tenant", "next_bill_on", "customer"],
                condition=Q(next_bill_on__isnull=False, parked_at__isnull=True),
                name="schedules_due",
            ),
            Index(
                fields=["tenant", "parked_at"],
                condition=Q(parked_at__isnull=False),
                name="schedules_parked",
            ),
        ]

    def __str__(self) -> str:
        return f"schedule of {self.customer_id}"

    def choose_day(self, day: int | None) -> bool:
        """False when it is the day already."""
        if self.billing_day == day:
            return False
        self.billing_day = day
        self.save(update_fields=["billing_day"])
        return True

    def put_aside(self, reason: ParkReason, detail: str, *, at: datetime) -> None:
        """Become parked; whoever asks stores it."""
        self.parked_at, self.parked_reason, self.parked_detail = at, reason, detail[:300]
        self.is_waived = False

    def release(self, *, waive: bool) -> bool:
        """Be billed again. False when it was not parked."""
        if self.parked_at is None:
            return False
        self.parked_at, self.parked_reason, self.parked_detail = None, "", ""
        self.is_waived = waive
        self.save(update_fields=PARKING)
        return True


class BillingTerms(TenantModel):
    """How the tenant bills renewals: one row, made when somebody changes what comes with the program."""

    days_ahead = models.PositiveSmallIntegerField(default=7)
    most_lines = models.PositiveSmallIntegerField(default=15)
    most_times = models.PositiveSmallIntegerField(default=5)
    notice_days = models.PositiveSmallIntegerField(default=30, db_default=30)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant"], name="one_row_of_billing_terms"),
            CheckConstraint(
                condition=Q(days_ahead__lte=28, most_lines__gte=1, most_times__gte=2),
                name="billing_terms_within_reason",
            ),
            CheckConstraint(
                condition=Q(notice_days__range=(LEAST_NOTICE, MOST_NOTICE)),
                name="billing_terms_give_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days_ahead} days ahead"

    def card(self) -> Terms:
        return Terms(self.days_ahead, self.most_lines, self.most_times, self.notice_days)

    def adopt(self, terms: Terms) -> bool:
        """False when they are the same."""
        if self.card() == terms:
            return False
        self.days_ahead, self.most_lines = terms.days_ahead, terms.most_lines
        self.most_times, self.notice_days = terms.most_times, terms.notice_days
        self.save(update_fields=["days_ahead", "most_lines", "most_times", "notice_days"])
        return True
