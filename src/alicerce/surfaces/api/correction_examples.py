"""Corrections that programs ask for, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import CUSTOMER, INVOICE, NOON, Example, a_list

CORRECTION = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2c01"
CREDIT_NOTE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b31"

WANTED: Example = {
    "kind": "credit_note",
    "invoice_id": INVOICE,
    "amount_cents": 990,
    "reason": "Um dia fora do ar.",
}


def _standing(remaining: int) -> Example:
    return {
        "invoice_remaining_cents": remaining,
        "invoice_status": "open",
        "wallet_balance_cents": 0,
        "payment_refundable_cents": None,
    }


correction: Example = {
    "object": "correction",
    "id": CORRECTION,
    "state": "awaiting_approval",
    "payment_id": None,
    "customer_id": CUSTOMER,
    "currency": "BRL",
    "line": None,
    "method": "",
    "received_on": None,
    "reference": "",
    "proof": "",
    **WANTED,
    "effect": {"before": _standing(4990), "after": _standing(4000)},
    "page_path": f"/app/financeiro/correcoes/{CORRECTION}/",
    "page_url": f"https://nuvemsul.example/app/financeiro/correcoes/{CORRECTION}/",
    "requested_at": NOON,
    "expires_at": "2026-12-02T12:00:00Z",
    "decided_at": None,
    "refusal": "",
    "result": None,
}
done: Example = {
    **correction,
    "state": "carried_out",
    "decided_at": NOON,
    "result": {"object": "credit_note", "id": CREDIT_NOTE},
}

RESPONSES: Mapping[str, Example] = {
    "requestCorrection": correction,
    "listCorrections": a_list(done, "corrections"),
    "getCorrection": done,
    "cancelCorrection": {**correction, "state": "canceled", "decided_at": NOON},
}
REQUESTS: Mapping[str, Example] = {"requestCorrection": WANTED}
