"""Subscriptions, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import (
    CUSTOMER,
    INVOICE,
    LINE,
    NOON,
    ORDER,
    PRICE,
    Example,
)

SUBSCRIPTION = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0f"
subscription: Example = {
    "object": "subscription",
    "id": SUBSCRIPTION,
    "status": "active",
    "customer_id": CUSTOMER,
    "order_id": ORDER,
    "order_line_id": LINE,
    "parent_id": None,
    "price_id": PRICE,
    "description": "Hospedagem Essencial · padaria.com.br",
    "cycle": "monthly",
    "amount_cents": 4990,
    "currency": "BRL",
    "next_price": {"amount_cents": 5490, "effective_on": "2026-11-01"},
    "period_starts_on": "2026-09-01",
    "period_ends_on": "2026-10-01",
    "next_bill_on": "2026-09-24",
    "trial_ends_on": None,
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
            "option_id": None,
            "choice_id": None,
        }
    ],
}
CHANGE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b1d"
MAIOR = "Hospedagem Profissional · padaria.com.br"
preview: Example = {
    "object": "subscription_change_preview",
    "kind": "plan",
    "subscription_id": SUBSCRIPTION,
    "price_id": PRICE,
    "description": MAIOR,
    "cycle": "monthly",
    "amount_cents": 9990,
    "currency": "BRL",
    "when": "now",
    "effective_on": "2026-09-16",
    "lines": [
        {
            "kind": "credit",
            "description": "Hospedagem Essencial · padaria.com.br",
            "starts_on": "2026-09-16",
            "ends_on": "2026-10-01",
            "amount_cents": -2495,
        },
        {
            "kind": "debit",
            "description": MAIOR,
            "starts_on": "2026-09-16",
            "ends_on": "2026-10-01",
            "amount_cents": 4995,
        },
    ],
    "tax_cents": 0,
    "net_cents": 2500,
    "due_now_cents": 2500,
    "to_wallet_cents": 0,
    "renews_on": "2026-10-01",
    "renewal_cents": 9990,
}
change: Example = {
    "object": "subscription_change",
    "kind": "plan",
    "id": CHANGE,
    "subscription_id": SUBSCRIPTION,
    "price_id": PRICE,
    "status": "awaiting",
    "description": MAIOR,
    "cycle": "monthly",
    "amount_cents": 9990,
    "net_cents": 2500,
    "currency": "BRL",
    "effective_on": "2026-09-16",
    "drop_on": "2026-09-23",
    "invoice_id": INVOICE,
    "asked_at": NOON,
    "closed_at": None,
}
items_preview: Example = {
    **preview,
    "kind": "items",
    "description": "Hospedagem Essencial · padaria.com.br",
    "amount_cents": 6970,
    "lines": [
        {
            "kind": "debit",
            "description": "2 × Disco extra",
            "starts_on": "2026-09-16",
            "ends_on": "2026-10-01",
            "amount_cents": 990,
        }
    ],
    "net_cents": 990,
    "due_now_cents": 990,
    "renewal_cents": 6970,
}
items_change: Example = {
    **change,
    "kind": "items",
    "description": "Hospedagem Essencial · padaria.com.br",
    "amount_cents": 6970,
    "net_cents": 990,
}
ADDON = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b2e"
BACKUP = "Adicionais Backup · padaria.com.br"
addon_preview: Example = {
    "object": "addon_preview",
    "subscription_id": SUBSCRIPTION,
    "price_id": PRICE,
    "description": BACKUP,
    "cycle": "monthly",
    "quantity": 1,
    "amount_cents": 1500,
    "currency": "BRL",
    "starts_on": "2026-09-16",
    "ends_on": "2026-10-01",
    "first_cents": 750,
    "discount_cents": 0,
    "tax_cents": 0,
    "total_cents": 750,
    "due_on": "2026-09-23",
    "renewal_cents": 1500,
}
addon: Example = {
    **subscription,
    "id": ADDON,
    "parent_id": SUBSCRIPTION,
    "description": BACKUP,
    "amount_cents": 1500,
    "period_starts_on": None,
    "period_ends_on": "2026-09-16",
    "next_bill_on": "2026-09-09",
    "items": [
        {
            "kind": "plan",
            "description": BACKUP,
            "quantity": 1,
            "unit_cents": 1500,
            "option_id": None,
            "choice_id": None,
        }
    ],
}
SUMS: Example = {
    "cycle": "monthly",
    "currency": "BRL",
    "first_on": "2026-11-01",
    "notice_days": 30,
    "subscriptions": 120,
    "customers": 97,
    "before_cents": 358_800,
    "after_cents": 418_800,
    "monthly_before_cents": 358_800,
    "monthly_after_cents": 418_800,
}
MOVE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b31"
OLD_PRICE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b32"
price_move_preview: Example = {
    "object": "price_move_preview",
    "price_id": PRICE,
    "from_price_ids": [OLD_PRICE],
    "amount_cents": 3490,
    **SUMS,
    "first_effective_on": "2026-11-01",
    "last_effective_on": "2026-11-30",
    "own_price": 2,
    "leaving": 3,
    "in_another": 0,
}
price_move: Example = {
    "object": "price_move",
    "id": MOVE,
    "status": "scheduled",
    "price_id": PRICE,
    "from_price_ids": [OLD_PRICE],
    **SUMS,
    "reason": "Custos de energia.",
    "progress": {"told": 60, "applied": 0, "left": 1, "waiting": 119, "withdrawn": 0},
    "asked_at": NOON,
    "canceled_at": None,
}
WANTED_MOVE: Example = {
    "price_id": PRICE,
    "first_on": "2026-11-01",
    "from_price_ids": [OLD_PRICE],
}

RESPONSES: Mapping[str, Example] = {
    "previewPriceMove": price_move_preview,
    "createPriceMove": price_move,
    "listPriceMoves": {
        "object": "list",
        "data": [price_move],
        "has_more": False,
        "next_cursor": None,
        "url": "/v1/price-moves",
    },
    "getPriceMove": price_move,
    "cancelPriceMove": {
        **price_move,
        "status": "canceled",
        "canceled_at": NOON,
        "progress": {"told": 60, "applied": 0, "left": 1, "waiting": 0, "withdrawn": 119},
    },
    "listSubscriptions": {
        "object": "list",
        "data": [subscription],
        "has_more": False,
        "next_cursor": None,
        "url": "/v1/subscriptions",
    },
    "getSubscription": subscription,
    "getSubscriptionLimits": {
        "object": "subscription_limits",
        "subscription_id": SUBSCRIPTION,
        "limits": [
            {"key": "sites", "used": 3, "most": 10, "used_bytes": None, "seen_at": None},
            {"key": "disk_gb", "used": 1, "most": 20, "used_bytes": 734003200, "seen_at": NOON},
            {"key": "mailboxes", "used": None, "most": 50, "used_bytes": None, "seen_at": None},
        ],
    },
    "cancelSubscription": {
        **subscription,
        "cancel_at_period_end": True,
        "ends_on": "2026-10-01",
        "next_bill_on": None,
    },
    "reactivateSubscription": subscription,
    "pauseSubscriptionBilling": {**subscription, "paused_at": NOON, "next_bill_on": None},
    "resumeSubscriptionBilling": subscription,
    "setSubscriptionBillingDay": subscription,
    "withdrawSubscriptionChange": subscription,
    "previewSubscriptionChange": preview,
    "changeSubscription": change,
    "previewSubscriptionItems": items_preview,
    "changeSubscriptionItems": items_change,
    "previewSubscriptionAddon": addon_preview,
    "addSubscriptionAddon": addon,
}
WANTED = {"option_id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b21", "quantity": 2}
REQUESTS: Mapping[str, Example] = {
    "previewPriceMove": WANTED_MOVE,
    "createPriceMove": {
        **WANTED_MOVE,
        "reason": "Custos de energia.",
        "expected_count": 120,
        "expected_after_cents": 418_800,
    },
    "cancelSubscription": {"when": "period_end", "reason": "Mudou de endereço."},
    "setSubscriptionBillingDay": {"day": 10},
    "previewSubscriptionChange": {"price_id": PRICE},
    "changeSubscription": {"price_id": PRICE, "expected_cents": 2500},
    "previewSubscriptionItems": {"options": [WANTED]},
    "changeSubscriptionItems": {"options": [WANTED], "expected_cents": 990},
    "previewSubscriptionAddon": {"price_id": PRICE, "quantity": 1},
    "addSubscriptionAddon": {"price_id": PRICE, "quantity": 1, "expected_cents": 750},
}
