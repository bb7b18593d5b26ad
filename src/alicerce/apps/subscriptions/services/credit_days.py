"""Credit days in which the service was not there, when that was not the customer's doing."""

from datetime import date, datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing import public as billing
from alicerce.apps.subscriptions.errors import DaysNotOver, PreviewOutdated
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.apps.subscriptions.queries.crediting import days_credit
from alicerce.apps.subscriptions.queries.terms import local_date
from alicerce.apps.subscriptions.services.hold import held
from alicerce.apps.subscriptions.types.crediting import DaysCredit
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


@transaction()
def credit_days(
    *,
    subscription_id: UUID,
    first_on: date,
    last_on: date,
    expected: Money,
    reason: str,
    at: datetime,
) -> DaysCredit:
    """By a credit note for each invoice that asks for such days. A day is credited once.

    Raises NoSuchSubscription, DaysNotOver, DaysNotBilled, DaysChanged, DaysCredited, NotCreditable, PreviewOutdated.
    """
    subscription = held(subscription_id=subscription_id)
    if last_on > local_date(at):
        raise DaysNotOver
    found = days_credit(subscription_id=subscription_id, first_on=first_on, last_on=last_on)
    if found.total != expected:
        raise PreviewOutdated
    for part in found.parts:
        given = billing.take_back_days(
            invoice_id=part.invoice_id,
            subscription_id=subscription_id,
            starts_on=part.starts_on,
            cents=part.billed_cents,
            before=part.before,
            after=part.after,
            reason=reason,
            at=at,
        )
        if given != part.cents:  # another note of this invoice came first
            raise PreviewOutdated
        BilledPeriod.objects.get(pk=part.period_id).credit(part.days)
    _note(subscription, found, (first_on, last_on), reason, at)
    return found


def _note(
    subscription: Subscription,
    found: DaysCredit,
    days: tuple[date, date],
    reason: str,
    at: datetime,
) -> None:
    audit.record(
        action="subscription.days_credited",
        entity="subscription",
        entity_id=subscription.id,
        after={
            "starts_on": days[0].isoformat(),
            "ends_on": days[1].isoformat(),
            "amount_cents": found.total.cents,
            "currency": found.total.currency,
            "reason": Personal(reason, of=f"customer:{subscription.customer_id}"),
        },
        at=at,
    )
