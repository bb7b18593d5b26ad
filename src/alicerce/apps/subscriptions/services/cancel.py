"""Cancel a subscription, now or when what is paid for is over; and take that back in time."""

from datetime import date, datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import InvoiceNotOpen
from alicerce.apps.billing.types import InvoiceStatus, LineKind
from alicerce.apps.subscriptions.errors import (
    NotCanceled,
    SubscriptionEnded,
    SubscriptionNotStarted,
)
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.services.change_standing import end
from alicerce.apps.subscriptions.services.close_change import close_before_end
from alicerce.apps.subscriptions.services.follow_parent import end_addons_with, follow_parent
from alicerce.apps.subscriptions.services.hold import held, reschedule
from alicerce.apps.subscriptions.types import EndCause, SubscriptionStatus
from alicerce.kernel.db import transaction

TAXES = frozenset({LineKind.TAX, LineKind.WITHHELD})


@transaction()
def cancel_now(
    *, subscription_id: UUID, cause: EndCause, at: datetime, reason: str = ""
) -> bool:
    """End it today. False when it ended before. Raises NoSuchSubscription, SubscriptionNotStarted.

    A period that has not begun and that nobody paid is not asked for any more. What was paid stays paid.
    """
    subscription = held(subscription_id=subscription_id)
    if subscription.status == SubscriptionStatus.ENDED:
        return False
    _require_started(subscription)
    close_before_end(subscription=subscription, at=at)
    _withdraw_unbegun(subscription, local_date(at), at)
    subscription.keep_reason(reason)
    _note("subscription.cancel_asked", subscription, {"when": "now"}, reason, at)
    return end(subscription_id=subscription_id, cause=cause, at=at)


@transaction()
def cancel_at_period_end(*, subscription_id: UUID, at: datetime, reason: str = "") -> date:
    """Let it run out; its last day is the one before the date returned. Asked again, it is the same.

    Raises NoSuchSubscription, SubscriptionNotStarted, SubscriptionEnded.
    """
    subscription = held(subscription_id=subscription_id)
    _require_live(subscription)
    if subscription.cancel_at_period_end:
        return _ends_on(subscription)
    close_before_end(subscription=subscription, at=at)
    _withdraw_unbegun(subscription, local_date(at), at)
    subscription.run_out(reason)
    end_addons_with(parent=subscription)
    reschedule(customer_ids=[subscription.customer_id])
    more = {"when": "period_end", "ends_on": _ends_on(subscription)}
    _note("subscription.cancel_asked", subscription, more, reason, at)
    return _ends_on(subscription)


@transaction()
def reactivate(*, subscription_id: UUID, at: datetime) -> None:
    """Take back a cancellation whose day has not come. Raises NoSuchSubscription, SubscriptionEnded, NotCanceled."""
    subscription = held(subscription_id=subscription_id)
    _require_live(subscription)
    if not subscription.go_on(days_ahead=terms().days_ahead):
        raise NotCanceled
    end_addons_with(parent=subscription)
    follow_parent(addon=subscription, at=at)
    reschedule(customer_ids=[subscription.customer_id])
    _note("subscription.reactivated", subscription, {}, "", at)


def _require_live(subscription: Subscription) -> None:
    if subscription.status == SubscriptionStatus.ENDED:
        raise SubscriptionEnded
    _require_started(subscription)


def _require_started(subscription: Subscription) -> None:
    """What waits for its first payment is canceled with its order."""
    if subscription.status == SubscriptionStatus.PENDING:
        raise SubscriptionNotStarted


def _ends_on(subscription: Subscription) -> date:
    assert subscription.ends_on is not None
    return subscription.ends_on


def _withdraw_unbegun(subscription: Subscription, today: date, at: datetime) -> None:
    """Ask no more for days that are still to come and that nobody paid, nor for those of its add-ons."""
    for addon in Subscription.objects.addons_of(subscription.id):
        _withdraw_unbegun(addon, today, at)
    if subscription.period_starts_on is None or subscription.period_starts_on <= today:
        return
    standing = BilledPeriod.objects.standing().filter(subscription_id=subscription.id)
    unbegun = standing.filter(starts_on=subscription.period_starts_on).first()
    last = standing.before(subscription.period_starts_on).first()
    if unbegun and last and _void(unbegun, subscription, at):
        unbegun.release(at=at)
        subscription.step_back(last.period)


def _void(period: BilledPeriod, subscription: Subscription, at: datetime) -> bool:
    """The invoice, or what it asks for this subscription when it asks for other things too."""
    invoice = billing.invoice_detail(period.invoice_id)
    if invoice.summary.status != InvoiceStatus.OPEN:
        return False
    asked = {line.subscription_id for line in invoice.lines if line.kind not in TAXES}
    if asked != {subscription.id}:
        return billing.take_back_lines(
            invoice_id=period.invoice_id,
            subscription_id=subscription.id,
            starts_on=period.starts_on,
            reason="Assinatura cancelada antes do período",
            at=at,
        )
    try:
        billing.void_invoice(invoice_id=period.invoice_id, at=at)
    except InvoiceNotOpen:
        return False
    return True


def _note(
    action: str, subscription: Subscription, more: dict[str, object], reason: str, at: datetime
) -> None:
    after: dict[str, object] = dict(more)
    if reason:
        after["reason"] = Personal(reason, of=f"customer:{subscription.customer_id}")
    audit.record(
        action=action, entity="subscription", entity_id=subscription.id, after=after, at=at
    )
