"""Kept cards, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import CUSTOMER, INVOICE, NOON, Example, a_list

CARD = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b31"
ATTEMPT = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b32"

payment_method: Example = {
    "object": "payment_method",
    "id": CARD,
    "type": "card",
    "customer_id": CUSTOMER,
    "brand": "visa",
    "last4": "4242",
    "exp_month": 8,
    "exp_year": 2030,
    "is_default": True,
    "refused": None,
    "saved_at": NOON,
}
failed: Example = {
    "id": ATTEMPT,
    "trigger": "cycle",
    "status": "failed",
    "payment_method_id": CARD,
    "decline": "soft",
    "reason": "insufficient_funds",
    "begun_at": NOON,
    "ended_at": "2026-11-25T12:00:04Z",
}
collection: Example = {
    "object": "invoice_collection",
    "invoice_id": INVOICE,
    "customer_id": CUSTOMER,
    "next_attempt_at": "2026-11-27T12:00:00Z",
    "ended_at": None,
    "pays_itself": {
        "by": "card",
        "on": "2026-11-27",
        "stage": "waiting",
        "payment_method_id": CARD,
    },
    "attempts": [failed],
}
charging: Example = failed | {
    "trigger": "admin",
    "status": "begun",
    "decline": None,
    "reason": None,
    "ended_at": None,
}

mandate: Example = {
    "object": "mandate",
    "id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b33",
    "type": "pix_automatic",
    "customer_id": CUSTOMER,
    "status": "approved",
    "journey": "paying",
    "fixed_cents": None,
    "most_cents": 9980,
    "currency": "BRL",
    "asked_at": NOON,
    "approved_at": NOON,
    "ended_at": None,
    "ended_by": None,
    "reason": None,
    "bank": None,
    "step": None,
    "answer_until": None,
}
asked: Example = mandate | {
    "status": "asked",
    "journey": "app",
    "approved_at": None,
    "bank": "18236120",
    "answer_until": NOON,
}
ended: Example = mandate | {"status": "ended", "ended_at": NOON, "ended_by": "company"}

REQUESTS: Mapping[str, Example] = {
    "chargeInvoice": {"payment_method_id": CARD},
    "createMandate": {
        "customer_id": CUSTOMER,
        "most_cents": 9980,
        "bank": "18236120",
        "branch": "0001",
        "account": "1234567",
        "days": 7,
    },
}
RESPONSES: Mapping[str, Example] = {
    "listPaymentMethods": a_list(payment_method, "payment-methods"),
    "listMandates": a_list(mandate, "mandates"),
    "getMandate": mandate,
    "createMandate": asked,
    "revokeMandate": ended,
    "getInvoiceCollection": collection,
    "chargeInvoice": collection | {"next_attempt_at": None, "attempts": [charging]},
}
