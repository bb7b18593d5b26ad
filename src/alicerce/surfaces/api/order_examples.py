"""Orders that programs place, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import (
    CUSTOMER,
    FIELD,
    METADATA,
    NOON,
    PLAN,
    PRICE,
    Example,
    order,
)

EVIDENCE: Example = {
    "accepted_by": "Renata Souza <renata@example.com>",
    "accepted_at": NOON,
    "address": "198.51.100.7",
}
WANTED: Example = {
    "customer_id": CUSTOMER,
    "price_id": PRICE,
    "domain": "padaria.com.br",
    "answers": {FIELD: "Padaria do Sol Ltda."},
}
preview: Example = {
    "object": "order_preview",
    "customer_id": CUSTOMER,
    "price_id": PRICE,
    "plan_id": PLAN,
    "description": "Hospedagem Pro · padaria.com.br",
    "domain": "padaria.com.br",
    "cycle": "monthly",
    "currency": "BRL",
    "items": order["lines"][0]["items"],
    "addons": [],
    "coupon": None,
    "discount_cents": 0,
    "discount_cycles": None,
    "taxes": [],
    "total_cents": 4990,
    "starts_on": None,
    "invoice_on": "2026-09-01",
    "cycle_cents": 4990,
    "trial_days": 0,
    "trial_card": False,
    "after_trial_cents": None,
    "terms_version": 3,
    "shown_at": NOON,
}
RESPONSES: Mapping[str, Example] = {
    "previewOrder": preview,
    "createOrder": {**order, "terms_evidence": EVIDENCE, "metadata": METADATA},
}
REQUESTS: Mapping[str, Example] = {
    "previewOrder": WANTED,
    "createOrder": {
        **WANTED,
        "payment": "email_link",
        "terms": {"version": 3, **EVIDENCE},
        "expected_total_cents": 4990,
        "metadata": METADATA,
    },
}
