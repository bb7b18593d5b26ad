"""What a subscription is billed for next, and when."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models

from alicerce.apps.billing.types import Period
from alicerce.apps.subscriptions.rules.days import bill_day
from alicerce.apps.subscriptions.types import Sold, SubscriptionStatus

FIRST = 1
"""The version of the items that the order sold."""
PLAN = ("price_id", "description", "cycle", "amount_cents", "version")
TIMES = ("period_starts_on", "period_ends_on", "next_starts_on", "next_bill_on")


class Renewing(models.Model):
    """Days and plan of a subscription. `version` says which of its items are in force."""

    anchor_day = models.PositiveSmallIntegerField(null=True)
    period_starts_on = models.DateField(null=True)
    period_ends_on = models.DateField(null=True)
    next_starts_on = models.DateField(null=True)
    next_bill_on = models.DateField(null=True)
    bill_not_before = models.DateField(null=True)
    meets_on = models.DateField(null=True)
    """Of an add-on: the first edge that it shares with what it was sold onto."""
    ends_on = models.DateField(null=True)
    paused_at = models.DateTimeField(null=True)
    version = models.PositiveSmallIntegerField(db_default=FIRST, default=FIRST)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        from uuid import UUID

        price_id: UUID
        status: models.CharField[str, str]
        description: models.CharField[str, str]
        cycle: models.CharField[str, str]
        amount_cents: models.PositiveBigIntegerField[int, int]
        cancel_at_period_end: models.BooleanField[bool, bool]

        @property
        def is_billed(self) -> bool: ...

    @property
    def stops_before_next(self) -> bool:
        """Its end is known, and no other period begins before it."""
        return bool(
            self.ends_on and self.next_starts_on and self.next_starts_on >= self.ends_on
        )

    def step_back(self, last: Period) -> None:
        """The period after this one is not asked for any more."""
        self.next_starts_on = self.period_starts_on
        self.period_starts_on, self.period_ends_on = last.starts_on, last.ends_on
        self.save(update_fields=TIMES)

    def plan_next_bill(self, *, days_ahead: int) -> None:
        """When the next period is to be invoiced; never while it does not run."""
        self.next_bill_on = None
        if self.is_billed and self.next_starts_on and not self.stops_before_next:
            self.next_bill_on = bill_day(
                self.next_starts_on,
                days_ahead=days_ahead,
                is_trial=self.status == SubscriptionStatus.TRIALING,
                not_before=self.bill_not_before,
            )

    def wait(self, until: date | None, *, days_ahead: int) -> None:
        """Bill no renewal before this day: what it would cost is not settled yet. None waits no longer."""
        self.bill_not_before = until
        self.plan_next_bill(days_ahead=days_ahead)
        self.save(update_fields=["bill_not_before", "next_bill_on"])

    def adopt(self, sold: Sold) -> None:
        """Another plan is in force: what was sold before stays written, and is asked for no more."""
        self.price_id, self.description, self.cycle = (
            sold.price_id,
            sold.description,
            sold.cycle,
        )
        self.amount_cents, self.version = sold.amount_cents, sold.version
        self.save(update_fields=PLAN)

    def begin_again(self, period: Period, *, anchor_day: int) -> None:
        """A period of another length begins in the middle of one."""
        self.period_starts_on, self.period_ends_on = period.starts_on, period.ends_on
        self.next_starts_on, self.anchor_day = period.ends_on, anchor_day
        self.save(update_fields=[*TIMES, "anchor_day"])

    def skip_to(self, on: date, *, days_ahead: int) -> None:
        """What passed meanwhile is never billed: the next period begins today, if not later."""
        assert self.next_starts_on is not None
        self.next_starts_on = max(self.next_starts_on, on)
        self.plan_next_bill(days_ahead=days_ahead)

    def end_with(self, on: date | None, *, days_ahead: int) -> None:
        """What it was sold onto ends on this day, or does not: no period begins then or later."""
        if not self.cancel_at_period_end:
            self.ends_on = on
            self.plan_next_bill(days_ahead=days_ahead)
            self.save(update_fields=["ends_on", "next_bill_on"])

    def pause(self, *, at: datetime) -> bool:
        """Be delivered and not billed. False when it is so."""
        if self.paused_at is not None:
            return False
        self.paused_at, self.next_bill_on = at, None
        self.save(update_fields=["paused_at", "next_bill_on"])
        return True

    def unpause(self, *, on: date, days_ahead: int) -> bool:
        """Be billed again, and not for days that passed. False when it is not paused."""
        if self.paused_at is None:
            return False
        self.paused_at = None
        self.skip_to(on, days_ahead=days_ahead)
        self.save(update_fields=["paused_at", "next_starts_on", "next_bill_on"])
        return True
