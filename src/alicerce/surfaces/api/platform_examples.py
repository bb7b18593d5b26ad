"""What a company pays the platform, as the document shows it."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import INVOICE, NOON, PRICE, Example, a_list

ACCOUNT = "01977777-0000-7000-8000-0000000000ac"
platform_product: Example = {
    "object": "platform_product",
    "product": "crm",
    "state": "sold",
    "sale": {
        "plan": "CRM Pro",
        "cycle": "monthly",
        "amount_cents": 9900,
        "currency": "BRL",
        "paid_until": "2026-11-30",
        "ends_on": None,
    },
    "offers": [
        {
            "price_id": PRICE,
            "plan": "CRM Plus",
            "cycle": "monthly",
            "amount_cents": 19800,
            "setup_cents": 0,
            "currency": "BRL",
            "trial_days": 0,
            "limits": {"members": 20},
        }
    ],
}
platform_invoice: Example = {
    "object": "platform_invoice",
    "id": INVOICE,
    "number": "A1042",
    "status": "open",
    "total_cents": 9900,
    "paid_cents": 0,
    "remaining_cents": 9900,
    "currency": "BRL",
    "due_on": "2026-11-25",
    "opened_at": NOON,
    "paid_at": None,
    "url": "https://plataforma.example/fatura/Zk9d…/",
}
platform_payment: Example = {
    "object": "platform_payment",
    "platform_invoice_id": INVOICE,
    "id": "01977777-0000-7000-8000-0000000000ba",
    "method": "pix",
    "amount_cents": 9900,
    "currency": "BRL",
    "received_at": NOON,
}

RESPONSES: Mapping[str, Example] = {
    "getPlatformAccount": {
        "object": "platform_account",
        "id": ACCOUNT,
        "name": "Contas da Ana",
        "payment_status": "active",
        "suspended_at": None,
        "owed_since": None,
    },
    "listPlatformProducts": a_list(platform_product, "platform/products"),
    "listPlatformInvoices": a_list(platform_invoice, "platform/invoices"),
    "getPlatformInvoice": {
        **platform_invoice,
        "lines": [
            {
                "description": "CRM Pro · Padaria",
                "quantity": 1,
                "unit_cents": 9900,
                "total_cents": 9900,
            }
        ],
    },
    "listPlatformPayments": a_list(platform_payment, "platform/payments"),
}
