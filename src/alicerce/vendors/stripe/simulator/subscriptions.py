"""Subscriptions and their invoices, in the shape of API version 2026-10-28."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from alicerce.vendors.stripe.simulator.objects import Json, listed, new_id, seconds

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def new_subscription(
    lines: Sequence[Mapping[str, Any]],
    *,
    currency: str,
    customer: str,
    metadata: Json,
    at: datetime,
    livemode: bool,
) -> Json:
    subscription_id = new_id("sub")
    items = [_item(line, subscription_id, at) for line in lines]
    return {
        "id": subscription_id,
        "object": "subscription",
        "billing_cycle_anchor": seconds(at),
        "cancel_at": None,
        "cancel_at_period_end": False,
        "canceled_at": None,
        "collection_method": "charge_automatically",
        "created": seconds(at),
        "currency": currency,
        "customer": customer,
        "default_payment_method": None,
        "description": None,
        "ended_at": None,
        "items": listed(items, f"/v1/subscription_items?subscription={subscription_id}"),
        "latest_invoice": None,
        "livemode": livemode,
        "metadata": metadata,
        "start_date": seconds(at),
        "status": "incomplete",
        "trial_end": None,
        "trial_start": None,
    }


def new_invoice(subscription: Json, intent: Json, *, reason: str, at: datetime) -> Json:
    """Finalized and not yet paid."""
    invoice_id = new_id("in")
    payment = {
        "id": new_id("inpay"),
        "object": "invoice_payment",
        "amount_requested": intent["amount"],
        "currency": intent["currency"],
        "invoice": invoice_id,
        "is_default": True,
        "livemode": intent["livemode"],
        "payment": {"type": "payment_intent", "payment_intent": intent["id"]},
        "status": "open",
    }
    return {
        "id": invoice_id,
        "object": "invoice",
        "amount_due": intent["amount"],
        "amount_overpaid": 0,
        "amount_paid": 0,
        "amount_remaining": intent["amount"],
        "attempt_count": 1,
        "attempted": True,
        "auto_advance": False,
        "billing_reason": reason,
        "collection_method": "charge_automatically",
        "created": seconds(at),
        "currency": intent["currency"],
        "customer": subscription["customer"],
        "due_date": None,
        "lines": listed([], f"/v1/invoices/{invoice_id}/lines"),
        "livemode": intent["livemode"],
        "metadata": {},
        "number": None,
        "parent": {
            "quote_details": None,
            "subscription_details": {
                "metadata": subscription["metadata"],
                "subscription": subscription["id"],
            },
            "type": "subscription_details",
        },
        "payments": listed([payment], "/v1/invoice_payments"),
        "period_end": seconds(at),
        "period_start": seconds(at),
        "status": "open",
        "status_transitions": {"finalized_at": seconds(at), "paid_at": None, "voided_at": None},
        "subtotal": intent["amount"],
        "total": intent["amount"],
    }


def _item(line: Mapping[str, Any], subscription_id: str, at: datetime) -> Json:
    price = line["price_data"]
    every = price["recurring"]
    count = int(every.get("interval_count", 1))
    period = timedelta(days=DAYS[every["interval"]] * count)
    return {
        "id": new_id("si"),
        "object": "subscription_item",
        "created": seconds(at),
        "current_period_end": seconds(at + period),
        "current_period_start": seconds(at),
        "metadata": {},
        "price": {
            "id": new_id("price"),
            "object": "price",
            "active": True,
            "currency": price["currency"],
            "product": new_id("prod"),
            "recurring": {"interval": every["interval"], "interval_count": count},
            "type": "recurring",
            "unit_amount": int(price["unit_amount"]),
            "unit_amount_decimal": price["unit_amount"],
        },
        "quantity": int(line["quantity"]),
        "subscription": subscription_id,
        "tax_rates": [],
    }
