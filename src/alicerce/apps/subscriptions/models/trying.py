"""Days of a subscription that nobody pays for."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models

from alicerce.apps.billing.types import Period
from alicerce.apps.subscriptions.models.renewing import TIMES, Renewing
from alicerce.apps.subscriptions.rules.days import status_on
from alicerce.apps.subscriptions.types import SubscriptionStatus

TRIED = ("status", "started_at", "anchor_day", "trial_ends_on", *TIMES)


class Trying(Renewing):
    """Until `trial_ends_on` nothing is asked for: the first period begins, and is invoiced, that day."""

    trial_ends_on = models.DateField(null=True)
    trial_told_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        started_at: models.DateTimeField[datetime | None, datetime | None]

    def start_trial(
        self, trial: Period, *, anchor_day: int, days_ahead: int, at: datetime
    ) -> bool:
        """Be delivered for some days first. False when it started before, or ended."""
        if self.status != SubscriptionStatus.PENDING:
            return False
        self.status, self.started_at = SubscriptionStatus.TRIALING, at
        self.trial_ends_on, self.anchor_day = trial.ends_on, anchor_day
        self.period_starts_on, self.period_ends_on = trial.starts_on, trial.ends_on
        self.next_starts_on = trial.ends_on
        self.plan_next_bill(days_ahead=days_ahead)
        self.save(update_fields=TRIED)
        return True

    def running_on(self, on: date) -> SubscriptionStatus:
        """What it is on this day, when nothing holds it back."""
        return status_on(
            on, trial_ends_on=self.trial_ends_on, period_ends_on=self.period_ends_on
        )
