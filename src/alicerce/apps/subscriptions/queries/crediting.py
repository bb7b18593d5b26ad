"""What days without service are worth: asked by the preview, and by the deed under its lock."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.subscriptions.errors import DaysChanged, DaysCredited, DaysNotBilled
from alicerce.apps.subscriptions.models import BilledPeriod, Change, Subscription
from alicerce.apps.subscriptions.types.changes import ChangeStatus
from alicerce.apps.subscriptions.types.crediting import DaysCredit, DaysOfPeriod
from alicerce.kernel.money import Money


def days_credit(*, subscription_id: UUID, first_on: date, last_on: date) -> DaysCredit:
    """Both days count. Raises DaysNotBilled, DaysChanged, DaysCredited, NotCreditable."""
    found = BilledPeriod.objects.standing().filter(
        subscription_id=subscription_id, starts_on__lte=last_on, ends_on__gt=first_on
    )
    rows = list(found.order_by("starts_on"))
    if rows and _changed(subscription_id, rows):
        raise DaysChanged
    parts = tuple(_part(row, first_on, last_on) for row in rows)
    billed = {day for part in parts for day in part.days}
    if len(billed) != (last_on - first_on).days + 1:
        raise DaysNotBilled
    currency = Subscription.objects.values_list("currency", flat=True).get(pk=subscription_id)
    return DaysCredit(parts, Money(sum(part.cents for part in parts), currency))


def _part(row: BilledPeriod, first_on: date, last_on: date) -> DaysOfPeriod:
    starts_on, ends_on = max(row.starts_on, first_on), min(row.ends_on, _next(last_on))
    days = tuple(starts_on + timedelta(n) for n in range((ends_on - starts_on).days))
    if set(days) & set(row.credited_on):
        raise DaysCredited
    whole, already = (row.ends_on - row.starts_on).days, len(row.credited_on)
    before, after = Fraction(already, whole), Fraction(already + len(days), whole)
    worth = billing.days_worth(
        invoice_id=row.invoice_id,
        subscription_id=row.subscription_id,
        starts_on=row.starts_on,
        cents=row.amount_cents,
        before=before,
        after=after,
    )
    cents = sum(one.cents for one in worth)
    return DaysOfPeriod(
        row.id, row.invoice_id, row.starts_on, days, before, after, cents, row.amount_cents
    )


def _changed(subscription_id: UUID, rows: Sequence[BilledPeriod]) -> bool:
    """Whether a change gave some of these periods back, or asked for more: what a day is worth no one row says."""
    first_on, until = rows[0].starts_on, max(row.ends_on for row in rows)
    done = Change.objects.filter(subscription_id=subscription_id, status=ChangeStatus.DONE)
    return bool(done.filter(effective_on__gte=first_on, effective_on__lt=until).exists())


def _next(day: date) -> date:
    return day + timedelta(days=1)
