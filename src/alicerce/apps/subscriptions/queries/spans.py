"""What is invoiced of a subscription from a day on: what another plan gives back, and asks for again."""

from datetime import date

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import Period
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.errors import RenewalDue
from alicerce.apps.subscriptions.models import BilledPeriod, Change, Item, Subscription
from alicerce.apps.subscriptions.rules.calendar import next_stretch
from alicerce.apps.subscriptions.rules.changing import Span, off_plan
from alicerce.apps.subscriptions.types import ItemKind
from alicerce.apps.subscriptions.types.changes import ChangeKind, ChangeStatus


def spans_from(subscription: Subscription, today: date) -> list[Span]:
    """The period that runs, and the next when it was billed ahead. Raises RenewalDue."""
    last = subscription.period
    if last is None or today >= last.ends_on:
        raise RenewalDue
    if last.starts_on <= today:
        return [_span(subscription, last, today)]
    before = BilledPeriod.objects.filter(subscription_id=subscription.id).before(last.starts_on)
    running = [row.period for row in before[:1] if today in row.period]
    return [
        *(_span(subscription, period, today) for period in running),
        _span(subscription, last, last.starts_on),
    ]


def standing_with_items(subscription: Subscription, span: Span) -> int:
    """What all invoices of these days stand for: of the whole period, and of what changed within it."""
    own = BilledPeriod.objects.standing().filter(subscription_id=subscription.id)
    whole = own.filter(ends_on=span.left.ends_on, is_part=False).order_by("-starts_on").first()
    asked = {whole.invoice_id: whole.amount_cents} if whole else {}
    changes = Change.objects.filter(
        subscription_id=subscription.id, kind=ChangeKind.ITEMS, status=ChangeStatus.DONE
    )
    for invoice_id in changes.filter(invoice__isnull=False).values_list(
        "invoice_id", flat=True
    ):
        lines = billing.invoice_detail(invoice_id).lines
        asked[invoice_id] = sum(
            line.total.cents for line in lines if line.ends_on == span.left.ends_on
        )
    return sum(
        billing.standing_of(invoice_id, subscription_id=subscription.id, cents=cents)
        if cents > 0
        else cents
        for invoice_id, cents in asked.items()
    )


def _span(subscription: Subscription, period: Period, on: date) -> Span:
    assert subscription.anchor_day, "it has started"
    stretch = next_stretch(
        starts_on=period.starts_on,
        cycle=Cycle(subscription.cycle),
        anchor_day=subscription.anchor_day,
        meets_on=subscription.meets_on,
    )
    whole = stretch.whole if stretch.period == period else period
    left, row = Period(on, period.ends_on), _asked(subscription, on, period.ends_on)
    if row is None:
        return Span(left, whole, 0)
    charged = billing.standing_of(
        row.invoice_id, subscription_id=subscription.id, cents=row.amount_cents
    )
    return Span(left, whole, charged, _taken_off(row, whole))


def _asked(subscription: Subscription, on: date, ends_on: date) -> BilledPeriod | None:
    """What asks for these days: the last change within them, or the whole period."""
    own = BilledPeriod.objects.standing().filter(
        subscription_id=subscription.id, starts_on__lte=on, ends_on=ends_on
    )
    found: BilledPeriod | None = own.order_by("-starts_on").first()
    return found


def _taken_off(row: BilledPeriod, whole: Period) -> int:
    """What a coupon took off the plan in these days, for a whole period of it. A change asks for the plan alone."""
    sold = Item.objects.filter(subscription_id=row.subscription_id, version=row.version)
    items = [item.sold() for item in sold.order_by("position")]
    plan = [item.total_cents for item in items if item.kind == ItemKind.PLAN]
    beside = [item.total_cents for item in items if item.kind != ItemKind.PLAN]
    if Change.objects.filter(invoice_id=row.invoice_id).exists():
        beside = []
    fraction = billing.fraction_left(whole, row.starts_on)
    return off_plan(asked=row.amount_cents, gross=[*plan, *beside], fraction=fraction)
