"""What forbids a change, and what a coupon promises to what comes after it."""

from collections.abc import Sequence

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.contests import SETTLED
from alicerce.apps.subscriptions.errors import (
    AddonStaysAsItIs,
    BillingPaused,
    ChangeUnderWay,
    OtherChangeWaits,
    PeriodUnpaid,
    SubscriptionEnded,
    SubscriptionLate,
    SubscriptionNotStarted,
    SubscriptionRunsOut,
    SubscriptionStopped,
)
from alicerce.apps.subscriptions.models import BilledPeriod, Change, Discount, Subscription
from alicerce.apps.subscriptions.types import NewDiscount, SubscriptionStatus
from alicerce.apps.subscriptions.types.changes import ChangeKind, ChangeLine, ChangeStatus

STILL = {
    SubscriptionStatus.PENDING: SubscriptionNotStarted,
    SubscriptionStatus.PAST_DUE: SubscriptionLate,
    SubscriptionStatus.SUSPENDED: SubscriptionStopped,
    SubscriptionStatus.ENDED: SubscriptionEnded,
}


def require_changeable(subscription: Subscription) -> None:
    """Raises what forbids another plan, and any add-on."""
    if subscription.parent_id:
        raise AddonStaysAsItIs
    require_running(subscription)


def require_running(subscription: Subscription) -> None:
    """Raises what forbids any change, of an add-on too."""
    if refusal := STILL.get(SubscriptionStatus(subscription.status)):
        raise refusal
    if subscription.cancel_at_period_end or subscription.ends_on:
        raise SubscriptionRunsOut
    if subscription.paused_at is not None:
        raise BillingPaused


def require_none_under_way(subscription: Subscription, kind: ChangeKind) -> None:
    """A change that waits gives way to one of its kind, until it is billed; a price that comes, to any."""
    standing = Change.objects.of(subscription.id)
    if standing and standing.kind not in {kind, ChangeKind.PRICE}:
        raise OtherChangeWaits
    if standing and is_billed(standing, subscription):
        raise ChangeUnderWay


def require_paid(subscription: Subscription, lines: Sequence[ChangeLine]) -> None:
    """Credit is for what was paid, not for what is only asked."""
    ends = {line.period.ends_on for line in lines}
    asked = BilledPeriod.objects.standing().filter(
        subscription_id=subscription.id, ends_on__in=ends
    )
    for invoice_id in set(asked.values_list("invoice_id", flat=True)):
        if billing.invoice(invoice_id).status not in SETTLED:
            raise PeriodUnpaid


def is_billed(change: Change, subscription: Subscription) -> bool:
    """Whether the period that it begins with is invoiced already, at its price."""
    following = subscription.next_starts_on
    return bool(
        change.status == ChangeStatus.SCHEDULED
        and following
        and following > change.effective_on
    )


def promised_of(subscription: Subscription) -> NewDiscount | None:
    found = Discount.objects.filter(subscription_id=subscription.id).first()
    return found.promised() if found else None


def still(promised: NewDiscount | None) -> NewDiscount | None:
    """What it promises of the renewals to come."""
    return promised if promised and promised.cycles_left != 0 else None
