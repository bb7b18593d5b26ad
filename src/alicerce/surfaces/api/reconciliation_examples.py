"""The reconciliation, as the document shows it."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import NOON, Example, a_list

ACCOUNT = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b31"
difference: Example = {
    "object": "reconciliation_difference",
    "id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b32",
    "kind": "missing_here",
    "state": "open",
    "account_id": ACCOUNT,
    "reference": "pi_3Qx8",
    "payment_reference": "",
    "payment_id": None,
    "currency": "BRL",
    "there_cents": 4990,
    "here_cents": None,
    "posted_cents": None,
    "reason": "",
    "happened_at": NOON,
    "opened_at": NOON,
    "checked_at": NOON,
    "resolved_at": None,
}
payout: Example = {
    "object": "payout",
    "id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b33",
    "account_id": ACCOUNT,
    "external_id": "po_1Qx8",
    "status": "paid",
    "amount_cents": 128450,
    "parts_cents": 128450,
    "currency": "BRL",
    "made_at": NOON,
    "arrives_on": "2026-11-27",
    "matched_at": None,
}
bank_transaction: Example = {
    "object": "bank_transaction",
    "id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b34",
    "bank_account_id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b35",
    "code": "EX2B3591AF03CD77E1",
    "posted_on": "2026-11-27",
    "amount_cents": 128450,
    "currency": "BRL",
    "memo": "STRIPE PAYOUT",
    "document": "",
    "matched_parts": 1,
    "matched_as": "payout",
    "matched_at": NOON,
}

RESPONSES: Mapping[str, Example] = {
    "listReconciliationDifferences": a_list(difference, "reconciliation/differences"),
    "listPayouts": a_list(payout, "payouts"),
    "listBankTransactions": a_list(bank_transaction, "bank-transactions"),
}
