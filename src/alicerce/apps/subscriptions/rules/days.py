"""When a subscription is billed next, and how it stands. No database, and no other app."""

from datetime import date, timedelta

from alicerce.apps.subscriptions.types import SubscriptionStatus


def bill_day(
    starts_on: date, *, days_ahead: int, is_trial: bool, not_before: date | None
) -> date:
    """When a period is to be invoiced; nothing is asked for while it is tried."""
    planned = starts_on if is_trial else starts_on - timedelta(days=days_ahead)
    return max(planned, not_before or planned)


def status_on(
    on: date, *, trial_ends_on: date | None, period_ends_on: date | None
) -> SubscriptionStatus:
    """What a subscription is on this day, when nothing holds it back."""
    is_tried = trial_ends_on is not None and trial_ends_on == period_ends_on
    if is_tried and trial_ends_on and on < trial_ends_on:
        return SubscriptionStatus.TRIALING
    return SubscriptionStatus.ACTIVE
