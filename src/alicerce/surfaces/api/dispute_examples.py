"""Disputes, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import CUSTOMER, INVOICE, NOON, Example, a_list

DISPUTE = "0192f0c1-7d8a-7a11-9c53-2f6f0b6f7a01"
PAYMENT = "0192f0c1-7d8a-7a11-9c53-2f6f0b6f7a02"

dispute: Example = {
    "object": "dispute",
    "id": DISPUTE,
    "kind": "card",
    "status": "needs_response",
    "reason": "fraudulent",
    "external_id": "du_1Pgc71B7WZ01zgkWMevJiAUx",
    "payment_id": PAYMENT,
    "invoice_id": INVOICE,
    "customer_id": CUSTOMER,
    "amount_cents": 4990,
    "taken_cents": 4990,
    "returned_cents": 0,
    "fee_cents": 5500,
    "currency": "BRL",
    "opened_at": NOON,
    "respond_by": "2026-12-02T23:59:59Z",
    "closed_at": None,
    "answer": None,
}
SAID = {"product_description": "Hospedagem Essencial para padaria.com.br, um mês."}
answered = {"state": "created", "begun_at": NOON, "ended_at": None}

RESPONSES: Mapping[str, Example] = {
    "listDisputes": a_list(dispute, "disputes"),
    "getDispute": {**dispute, "evidence": {}},
    "submitDisputeEvidence": {
        **dispute,
        "evidence": SAID,
        "answer": {"kind": "evidence", **answered},
    },
    "acceptDispute": {
        **dispute,
        "evidence": {},
        "answer": {"kind": "acceptance", **answered},
    },
}
REQUESTS: Mapping[str, Example] = {"submitDisputeEvidence": {**SAID, "submit": True}}
