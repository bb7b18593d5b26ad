"""Which of Stripe's events are hints of something, and of what."""

from alicerce.apps.billing.adapters.stripe_cards import (
    CARD_EVENTS,
    INTENT_EVENTS,
    is_of_kept_card,
)
from alicerce.vendors.stripe.wire import EventHint

SESSION_EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
)
PAID_EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "invoice.paid",
)
REFUND_EVENTS = (
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
)
DISPUTE_EVENTS = (
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "charge.dispute.closed",
)
"""Asked for with the others, and read by the app of disputes."""
PAYOUT_EVENTS = ("payout.failed",)
"""The same, by the app of reconciliation."""
ASKED = frozenset(
    {
        *SESSION_EVENTS,
        *PAID_EVENTS,
        *REFUND_EVENTS,
        *DISPUTE_EVENTS,
        *PAYOUT_EVENTS,
        *INTENT_EVENTS,
        *CARD_EVENTS,
    }
)


def name_of(hint: EventHint) -> str | None:
    """What to read after it; None when it says nothing of ours."""
    if hint.type in SESSION_EVENTS:
        return f"session:{hint.object_id}"
    if hint.type in INTENT_EVENTS:
        return f"intent:{hint.object_id}" if is_of_kept_card(hint.metadata) else None
    if hint.type in REFUND_EVENTS:
        kind = "charge" if hint.type == "charge.refunded" else "refund"
        return f"{kind}:{hint.object_id}"
    return f"invoice:{hint.object_id}" if hint.type == "invoice.paid" else None
