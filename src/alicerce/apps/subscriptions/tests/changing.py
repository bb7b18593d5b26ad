"""What tests of changes do: buy, look, confirm, pay, bill."""

from datetime import UTC, date, datetime, timedelta

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.ledger.models import LedgerEntry
from alicerce.apps.subscriptions.events import SubscriptionChanged
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.changing import preview_change
from alicerce.apps.subscriptions.services.billing_run import (
    begin_run,
    take_run_step,
)
from alicerce.apps.subscriptions.services.change_plan import change_plan
from alicerce.apps.subscriptions.services.close_change import (
    apply_paid_change,
)
from alicerce.apps.subscriptions.tests.factories import (
    a_subscription,
)


def noon(text):
    """Noon in São Paulo."""
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC) + timedelta(
        hours=15
    )


def costing(cents, cycle="monthly", **given):
    return a_price(amount_cents=cents, cycle=cycle, **given)


def bought(cents, on, cycle="monthly", **given):
    return a_subscription(paid_at=noon(on), price=costing(cents, cycle), **given)


def shown(subscription, price, on, **given):
    return preview_change(
        subscription_id=subscription.id, price_id=price.id, at=noon(on), **given
    )


def changed(subscription, price, on, **given):
    """Confirmed for what was shown."""
    preview = shown(subscription, price, on, **given)
    change = change_plan(
        subscription_id=subscription.id,
        price_id=price.id,
        expected_cents=preview.net_cents,
        at=noon(on),
        **given,
    )
    return preview, change


def pay(change, on):
    invoice = billing.invoice(change.invoice_id)
    paid = a_payment(invoice.id, amount=invoice.total, paid_at=noon(on))
    book_payment(account_id=an_account().id, paid=paid, at=noon(on))
    return apply_paid_change(invoice_id=invoice.id, at=noon(on))


def bill(on):
    run_id = begin_run(on=date.fromisoformat(on), at=noon(on))
    if run_id:
        take_run_step(run_id=run_id, on=date.fromisoformat(on), at=noon(on))


def revenue_of(invoice_id):
    """What the ledger says was earned by an invoice of a change, with what it gave back."""
    keys = [f"invoice:{invoice_id}:opened", f"invoice:{invoice_id}:excess"]
    posted = LedgerEntry.objects.filter(transaction__correlation_key__in=keys)
    return -sum(
        entry.amount_cents for entry in posted.filter(account__in=["revenue", "deferred"])
    )


def fresh(subscription):
    return Subscription.objects.get(pk=subscription.id)


def told(published):
    return [fact for fact in published if isinstance(fact, SubscriptionChanged)]
