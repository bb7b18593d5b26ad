"""Days that nobody pays for: they begin with the order, are told of before they end, and cost nothing."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import translation

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.types import Period
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.types import CustomerCard
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import public as orders
from alicerce.apps.subscriptions.events import TrialEnding, TrialStarted
from alicerce.apps.subscriptions.models import Schedule, Subscription
from alicerce.apps.subscriptions.queries.due import TELL_BEFORE
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.services.follow_order import open_subscriptions, pending_of
from alicerce.apps.subscriptions.services.hold import held_schedule, reschedule
from alicerce.apps.subscriptions.types import SubscriptionStatus
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.ui.formats import day, money

MOST = 100
"""How many letters one transaction asks for."""


@transaction()
def start_trials(*, order_id: UUID, at: datetime) -> None:
    """What was ordered is tried from today on, where the company is. Safe to repeat."""
    open_subscriptions(order_id=order_id, at=at)
    days = orders.order(order_id).trial_days
    for subscription_id, customer_id in pending_of(order_id=order_id):
        schedule = held_schedule(customer_id=customer_id)
        _start(Subscription.objects.lock(subscription_id), schedule, days, at=at)
        reschedule(customer_ids=[customer_id])


@transaction()
def tell_of_ending_trials(*, on: date, at: datetime) -> int:
    """Say, once of each, that a trial ends in three days or less; how many that was."""
    ending = Subscription.objects.trials_to_tell(on + TELL_BEFORE).order_by("trial_ends_on")
    found = list(ending.select_for_update(of=("self",), no_key=True, skip_locked=True)[:MOST])
    Subscription.objects.filter(pk__in=[one.id for one in found]).update(trial_told_at=at)
    for subscription in found:
        assert subscription.trial_ends_on, "it is tried"
        publish(
            TrialEnding(
                at=at,
                subscription_id=subscription.id,
                customer_id=subscription.customer_id,
                ends_on=subscription.trial_ends_on,
            )
        )
    return len(found)


@transaction()
def write_of_ending_trial(*, subscription_id: UUID, at: datetime) -> bool:
    """The letter; one for each trial, and none for what is not tried any more. Safe to repeat."""
    subscription = Subscription.objects.filter(
        pk=subscription_id, status=SubscriptionStatus.TRIALING, cancel_at_period_end=False
    ).first()
    if subscription is None:
        return False
    customer = customers.customer(subscription.customer_id)
    notify.send(
        template="trial_ending",
        to=customer.email,
        key=f"trial-ending:{subscription.id.hex}",
        values=_values(subscription, customer),
        at=at,
        locale=customer.locale,
    )
    return True


def _values(subscription: Subscription, customer: CustomerCard) -> dict[str, str]:
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    assert subscription.trial_ends_on, "it is tried"
    with translation.override(customer.locale):
        return {
            "name": customer.name,
            "description": display_domains(subscription.description),
            "day": day(subscription.trial_ends_on),
            "amount": money(subscription.amount),
            "card": "1" if subscription.order.trial_card else "",
            "link_subscription": f"{base_url}/area-do-cliente/assinaturas/{subscription.id}/",
        }


def _start(subscription: Subscription, schedule: Schedule, days: int, *, at: datetime) -> None:
    today = local_date(at)
    trial = Period(today, today + timedelta(days=days))
    anchor_day = schedule.billing_day or trial.ends_on.day
    if not subscription.start_trial(
        trial, anchor_day=anchor_day, days_ahead=terms().days_ahead, at=at
    ):
        return
    audit.record(
        action="subscription.trial_started",
        entity="subscription",
        entity_id=subscription.id,
        before={"status": "pending"},
        after={"status": "trialing", "ends_on": trial.ends_on},
        at=at,
    )
    publish(
        TrialStarted(
            at=at,
            subscription_id=subscription.id,
            customer_id=subscription.customer_id,
            line_id=subscription.line_id,
            ends_on=trial.ends_on,
        )
    )
