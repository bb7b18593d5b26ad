"""Ask for a change, of the plan or of what goes with it, for the cents that were shown."""

from datetime import date, datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.catalog import public as catalog
from alicerce.apps.subscriptions.errors import ChangeUnderWay, PreviewOutdated
from alicerce.apps.subscriptions.models import Change, Item, Subscription
from alicerce.apps.subscriptions.queries.change_taxes import lines_to_invoice
from alicerce.apps.subscriptions.queries.terms import terms
from alicerce.apps.subscriptions.services.close_change import bring_into_force, drop
from alicerce.apps.subscriptions.services.hold import reschedule
from alicerce.apps.subscriptions.services.keep_units import keep_units
from alicerce.apps.subscriptions.types.changes import (
    ChangeKind,
    ChangePreview,
    ChangeStatus,
    ChangeView,
    ChangeWhen,
    DropCause,
)
from alicerce.kernel.db import transaction

WAITS = timedelta(days=7)
"""So long an invoice of a change may be paid; and never beyond the day on which the next period begins."""


@transaction(shared=True)
def confirm_change(
    *, subscription: Subscription, shown: ChangePreview, expected_cents: int, at: datetime
) -> ChangeView:
    """What it costs is invoiced at once, and what it gives back becomes credit. It is held already.

    It is in force when the invoice is paid, at once when nothing is due, or with the next period. A change
    that waits gives way to this one; asked again, it is the same. Raises PreviewOutdated when it does not
    cost what was shown, and ChangeUnderWay.
    """
    if shown.net_cents != expected_cents:
        raise PreviewOutdated
    standing = Change.objects.of(subscription.id)
    if standing and _is_the_same(standing, shown):
        return standing.view()
    if standing and not drop(
        change=standing, subscription=subscription, cause=DropCause.REPLACED, at=at
    ):
        raise ChangeUnderWay
    keep_units(subscription=subscription, coming=shown.items)
    change = _write(subscription, shown, at=at)
    _note(change, shown, at=at)
    _go_on(change, subscription, shown.when, at=at)
    return change.view()


def _is_the_same(change: Change, shown: ChangePreview) -> bool:
    asked = (change.price_id, change.net_cents, change.effective_on)
    if asked != (shown.price_id, shown.net_cents, shown.effective_on):
        return False
    rows = Item.objects.filter(subscription_id=change.subscription_id, version=change.version)
    return [row.sold() for row in rows.order_by("position")] == list(shown.items)


def _write(subscription: Subscription, shown: ChangePreview, *, at: datetime) -> Change:
    change: Change = Change.objects.create(
        subscription=subscription,
        price_id=shown.price_id,
        kind=shown.kind,
        version=Item.write_next(subscription, shown.items),
        status=ChangeStatus.AWAITING if shown.due_now.cents else ChangeStatus.SCHEDULED,
        description=shown.description,
        spec=_spec(subscription, shown) if shown.kind == ChangeKind.PLAN else {},
        cycle=shown.cycle,
        amount_cents=shown.amount.cents,
        net_cents=shown.net_cents,
        currency=shown.amount.currency,
        effective_on=shown.effective_on,
        begins_on=shown.begins.starts_on if shown.begins else None,
        begins_until=shown.begins.ends_on if shown.begins else None,
        look_on=_look_on(subscription, shown),
        invoice_id=_invoice(subscription, shown, at=at),
        asked_at=at,
    )
    return change


def _spec(subscription: Subscription, shown: ChangePreview) -> dict[str, str]:
    """What its deliverer needs to know, as an order says it."""
    plan = catalog.priced_beside(shown.price_id, beside=subscription.price_id)
    return {**plan.spec, "plan_name": plan.plan_name}


def _look_on(subscription: Subscription, shown: ChangePreview) -> date:
    """When it begins, or until when its payment is waited for."""
    if not shown.due_now.cents:
        return shown.effective_on
    assert subscription.next_starts_on, "it has started"
    return min(shown.effective_on + WAITS, subscription.next_starts_on)


def _invoice(subscription: Subscription, shown: ChangePreview, *, at: datetime) -> UUID | None:
    if not shown.lines:
        return None
    return billing.invoice_change(
        customer_id=subscription.customer_id,
        lines=lines_to_invoice(subscription, shown.lines, price_id=shown.price_id),
        due_on=max(_look_on(subscription, shown) - timedelta(days=1), shown.effective_on),
        at=at,
    )


def _go_on(
    change: Change, subscription: Subscription, when: ChangeWhen, *, at: datetime
) -> None:
    """Nothing is due: it is in force. Something is: its renewal waits until that is settled."""
    if change.status == ChangeStatus.AWAITING:
        subscription.wait(change.look_on, days_ahead=terms().days_ahead)
        reschedule(customer_ids=[subscription.customer_id])
    elif when == ChangeWhen.NOW:
        bring_into_force(change=change, subscription=subscription, at=at)


def _note(change: Change, shown: ChangePreview, *, at: datetime) -> None:
    audit.record(
        action="subscription.change_asked",
        entity="subscription",
        entity_id=change.subscription_id,
        after={
            "kind": change.kind,
            "price_id": change.price_id,
            "when": shown.when.value,
            "net_cents": change.net_cents,
            "currency": change.currency,
            "invoice_id": change.invoice_id,
        },
        at=at,
    )
