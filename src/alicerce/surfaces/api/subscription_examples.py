"""Subscriptions, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import CUSTOMER, LINE, NOON, ORDER, PRICE, Example

SUBSCRIPTION = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0f"
subscription: Example = {
    "object": "subscription",
    "id": SUBSCRIPTION,
    "status": "active",
    "customer_id": CUSTOMER,
    "order_id": ORDER,
    "order_line_id": LINE,
    "price_id": PRICE,
    "description": "Hospedagem Essencial · padaria.com.br",
    "cycle": "monthly",
    "amount_cents": 4990,
    "currency": "BRL",
    "period_starts_on": "2026-09-01",
    "period_ends_on": "2026-10-01",
    "next_bill_on": "2026-09-24",
    "cancel_at_period_end": False,
    "ends_on": None,
    "paused_at": None,
    "suspend_scope": None,
    "suspend_cause": None,
    "started_at": NOON,
    "ended_at": None,
    "end_cause": None,
    "items": [
        {
            "kind": "plan",
            "description": "Hospedagem Essencial · padaria.com.br",
            "quantity": 1,
            "unit_cents": 4990,
        }
    ],
}
RESPONSES: Mapping[str, Example] = {
    "listSubscriptions": {
        "object": "list",
        "data": [subscription],
        "has_more": False,
        "next_cursor": None,
        "url": "/v1/subscriptions",
    },
    "getSubscription": subscription,
    "cancelSubscription": {
        **subscription,
        "cancel_at_period_end": True,
        "ends_on": "2026-10-01",
        "next_bill_on": None,
    },
    "reactivateSubscription": subscription,
}
REQUESTS: Mapping[str, Example] = {
    "cancelSubscription": {"when": "period_end", "reason": "Mudou de endereço."},
}
