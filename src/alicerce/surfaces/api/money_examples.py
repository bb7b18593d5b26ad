"""Examples of what happens to invoices after they are open."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import CUSTOMER, INVOICE, NOON, Example

CREDIT_NOTE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b31"
REFUND = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b32"
ISSUER = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b34"
PAYMENT = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b33"
ACCOUNT = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b35"

credit_note: Example = {
    "object": "credit_note",
    "id": CREDIT_NOTE,
    "number": "NC7",
    "invoice_id": INVOICE,
    "customer_id": CUSTOMER,
    "total_cents": 990,
    "relieved_cents": 990,
    "wallet_cents": 0,
    "refunded_cents": 0,
    "currency": "BRL",
    "reason": "Um dia fora do ar.",
    "issued_at": NOON,
}
issuer: Example = {
    "object": "issuer",
    "id": ISSUER,
    "legal_name": "Nuvem Sul Hospedagem Ltda",
    "document": "11222333000181",
    "city_registration": "1234567",
    "address": "Rua das Flores, 100, Centro, 80010-000",
    "city": "Curitiba",
    "series": "SUL",
    "next_number": 43,
    "is_company": False,
    "is_default": False,
    "retired_at": None,
}
payment_account: Example = {
    "object": "payment_account",
    "id": ACCOUNT,
    "kind": "stripe",
    "name": "Stripe Connect 1a2b3c",
    "livemode": False,
    "enabled": True,
    "connected_at": NOON,
    "read_until": NOON,
    "connect": {
        "id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b36",
        "external_id": "acct_1QkYZ2EXAMPLE",
        "status": "enabled",
        "charges_enabled": True,
        "payouts_enabled": False,
        "requirements_due": ["external_account"],
        "requirements_due_by": None,
        "disabled_reason": None,
        "since": NOON,
        "checked_at": NOON,
        "disconnected_by": None,
        "fee_basis_points": 250,
        "fee_fixed_cents": 40,
        "gives_fee_back": True,
    },
}
platform_fee: Example = {
    "object": "platform_fee",
    "id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b37",
    "account_id": ACCOUNT,
    "payment_id": PAYMENT,
    "invoice_id": INVOICE,
    "external_id": "txn_1QkYZ2EXAMPLE",
    "refund_reference": "",
    "amount_cents": 165,
    "currency": "BRL",
    "happened_at": NOON,
}
refund: Example = {
    "object": "refund",
    "id": REFUND,
    "payment_id": PAYMENT,
    "invoice_id": INVOICE,
    "customer_id": CUSTOMER,
    "status": "pending",
    "source": "invoice",
    "amount_cents": 990,
    "currency": "BRL",
    "reason": "O cliente desistiu.",
    "begun_at": NOON,
    "ended_at": None,
}
wallet: Example = {
    "object": "wallet",
    "customer_id": CUSTOMER,
    "balances": [{"currency": "BRL", "balance_cents": 1000, "open_cents": 3990}],
}


def _list(of: Example, path: str) -> Example:
    return {
        "object": "list",
        "data": [of],
        "has_more": False,
        "next_cursor": None,
        "url": f"/v1/{path}",
    }


report: Example = {
    "object": "report",
    "name": "mrr",
    "currency": "BRL",
    "first_day": "2026-09-01",
    "last_day": "2026-09-30",
    "figures": [{"code": "mrr", "value": 598000, "before": 549000, "unit": "cents"}],
    "rows": [
        {
            "cells": [
                {"code": "month", "value": "2026-09-01"},
                {"code": "opening", "value": 549000},
                {"code": "new", "value": 49000},
                {"code": "expansion", "value": 0},
                {"code": "contraction", "value": 0},
                {"code": "churn", "value": 0},
                {"code": "reactivation", "value": 0},
                {"code": "mrr", "value": 598000},
            ]
        }
    ],
}


RESPONSES: Mapping[str, Example] = {
    "listIssuers": _list(issuer, "issuers"),
    "getIssuer": issuer,
    "listPaymentAccounts": _list(payment_account, "payment-accounts"),
    "getPaymentAccount": payment_account,
    "listPlatformFees": _list(platform_fee, "platform-fees"),
    "getReport": report,
    "listCreditNotes": _list(credit_note, "credit-notes"),
    "getCreditNote": credit_note,
    "listRefunds": _list(refund, "refunds"),
    "getRefund": refund,
    "getCustomerWallet": wallet,
}
