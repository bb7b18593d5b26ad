"""A change with its taxes: what is given back takes the taxes that it was charged with."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import LineKind, NewLine
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.apps.subscriptions.rules.changing import invoiced
from alicerce.apps.subscriptions.types.changes import ChangeLine, ChangePreview
from alicerce.kernel.money import Money


def lines_to_invoice(
    subscription: Subscription, lines: Sequence[ChangeLine], *, price_id: UUID
) -> list[NewLine]:
    """As billing is asked for them, in the preview and on the day."""
    return [
        replace(
            invoiced(line, subscription_id=subscription.id, currency=subscription.currency),
            price_id=price_id,
            given_back_of=_invoice_of(subscription, line),
        )
        for line in lines
    ]


def with_taxes(
    shown: ChangePreview, subscription: Subscription, *, at: datetime
) -> ChangePreview:
    """What taxes add to it now, and to the renewal that follows."""
    lines = lines_to_invoice(subscription, shown.lines, price_id=shown.price_id)
    now = _extra(subscription, lines, at) if lines else ()
    renewal = NewLine(shown.description, 1, shown.renewal, price_id=shown.price_id)
    later = sum(cents for _, cents in _extra(subscription, [renewal], at))
    return replace(
        shown, taxes=now, renewal=shown.renewal + Money(later, shown.renewal.currency)
    )


def _extra(
    subscription: Subscription, lines: Sequence[NewLine], at: datetime
) -> tuple[tuple[str, int], ...]:
    found = billing.preview_taxes(customer_id=subscription.customer_id, lines=lines, at=at)
    return tuple((line.words, line.amount.cents) for line in found.extra)


def _invoice_of(subscription: Subscription, line: ChangeLine) -> UUID | None:
    """Which invoice asked for the days that a credit gives back: the last change within them, or the period's own."""
    if line.kind != LineKind.CREDIT:
        return None
    own = BilledPeriod.objects.standing().filter(
        subscription_id=subscription.id,
        starts_on__lte=line.period.starts_on,
        ends_on=line.period.ends_on,
    )
    rows = own.order_by("-starts_on").values_list("invoice_id", flat=True)
    found: UUID | None = rows.first()
    return found
