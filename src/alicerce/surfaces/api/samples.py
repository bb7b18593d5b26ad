"""One of each resource, as the document shows them."""

from typing import Any

CUSTOMER = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b01"
ORDER, LINE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b02", "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b03"
INVOICE, SERVICE = (
    "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b04",
    "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b05",
)
DOMAIN, KEY = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b06", "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b07"
PLAN, PRICE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b08", "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b09"
COMPANY, RUN = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0a", "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0b"
WEBHOOK, EVENT = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0c", "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0d"
DELIVERY = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0e"
OPTION, CHOICE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0f", "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b10"
CHOICE_PRICE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b11"
COUPON = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b12"
NOON = "2026-11-25T12:00:00Z"

Example = dict[str, Any]

me: Example = {
    "object": "me",
    "key_id": KEY,
    "key_name": "Integração do site",
    "app": None,
    "mode": "live",
    "scopes": ["customers:read", "services:create"],
    "company": {"id": COMPANY, "name": "Padaria Hospedagem"},
}
key: Example = {
    "object": "api_key",
    "id": KEY,
    "name": "Integração do site",
    "mode": "live",
    "shown": "sk_live_8fQ2…",
    "scopes": ["customers:read", "services:create"],
    "networks": ["192.0.2.0/24"],
    "status": "live",
    "created_at": NOON,
    "expires_at": None,
    "last_used_at": NOON,
    "revoked_at": None,
}
minted: Example = {**key, "last_used_at": None, "secret": "sk_live_EXEMPLO-mostrado-uma-vez"}
customer: Example = {
    "object": "customer",
    "id": CUSTOMER,
    "name": "Renata Souza",
    "email": "renata@example.com",
    "document": "52998224725",
    "document_kind": "cpf",
    "locale": "pt-br",
    "status": "active",
    "created_at": NOON,
}
coupon: Example = {
    "object": "coupon",
    "id": COUPON,
    "code": "NATAL10",
    "kind": "percent",
    "percent_bp": 1000,
    "amount_cents": None,
    "currency": "BRL",
    "cycles": 3,
    "starts_at": None,
    "ends_at": NOON,
    "max_redemptions": 100,
    "redeemed": 12,
    "once_per_customer": True,
    "plan_ids": [],
    "retired_at": None,
    "created_at": NOON,
}
price: Example = {
    "object": "price",
    "id": PRICE,
    "plan_id": PLAN,
    "cycle": "monthly",
    "amount_cents": 4990,
    "setup_cents": 0,
    "currency": "BRL",
}
choice: Example = {
    "id": CHOICE,
    "name": "Disco extra",
    "adds": 10,
    "prices": [
        {"id": CHOICE_PRICE, "cycle": "monthly", "amount_cents": 990, "currency": "BRL"}
    ],
}
option: Example = {
    "object": "plan_option",
    "id": OPTION,
    "plan_id": PLAN,
    "kind": "quantity",
    "name": "Disco extra",
    "summary": "De 10 em 10 GB",
    "position": 0,
    "minimum": 0,
    "maximum": 10,
    "step": 1,
    "limit": "disk_gb",
    "choices": [choice],
}
plan: Example = {
    "object": "plan",
    "id": PLAN,
    "name": "Pro",
    "summary": "Para lojas e blogs",
    "features": ["20 GB de disco"],
    "limits": {"sites": 10, "disk_gb": 20, "traffic_gb": None},
    "position": 1,
    "status": "for_sale",
    "product_name": "Hospedagem",
    "product_kind": "hosting.account",
    "prices": [price],
    "options": [option],
}
plan_detail: Example = {**plan, "spec": {"package": "pro", "region": ""}, "stock": None}
price_version: Example = {
    **price,
    "is_active": True,
    "since": NOON,
    "retired_at": None,
    "sold": 12,
}
order: Example = {
    "object": "order",
    "id": ORDER,
    "number": 1042,
    "status": "awaiting_payment",
    "customer_id": CUSTOMER,
    "total_cents": 4990,
    "currency": "BRL",
    "placed_at": NOON,
    "completed_at": None,
    "canceled_at": None,
    "terms_version": 3,
    "cancel_cause": None,
    "page_path": "/pedido/m3kC…/",
    "lines": [
        {
            "object": "order_line",
            "id": LINE,
            "kind": "hosting.account",
            "description": "Hospedagem Pro · padaria.com.br",
            "domain": "padaria.com.br",
            "cycle": "monthly",
            "amount_cents": 4990,
            "status": "waiting",
            "coupon": None,
            "discount_cents": 0,
            "items": [
                {
                    "kind": "plan",
                    "price_id": PRICE,
                    "option_id": None,
                    "choice_id": None,
                    "name": "Hospedagem Pro",
                    "quantity": 1,
                    "unit_cents": 4990,
                }
            ],
        }
    ],
}
canceled: Example = {"status": "canceled", "canceled_at": NOON, "cancel_cause": "staff"}
invoice: Example = {
    "object": "invoice",
    "id": INVOICE,
    "number": "A1042",
    "status": "open",
    "customer_id": CUSTOMER,
    "order_id": ORDER,
    "total_cents": 4990,
    "currency": "BRL",
    "due_on": "2026-11-25",
    "opened_at": NOON,
    "paid_at": None,
    "voided_at": None,
    "page_path": "/fatura/Zk9d…/",
}
invoice_detail: Example = {
    **invoice,
    "lines": [
        {
            "description": "Hospedagem Pro · padaria.com.br",
            "quantity": 1,
            "unit_cents": 4990,
            "total_cents": 4990,
        }
    ],
}
service: Example = {
    "object": "service",
    "id": SERVICE,
    "customer_id": CUSTOMER,
    "order_line_id": LINE,
    "domain": "padaria.com.br",
    "plan_name": "Pro",
    "username": "padaria",
    "status": "active",
    "nameservers": ["ns1.example.com", "ns2.example.com"],
    "created_at": NOON,
    "activated_at": NOON,
}
step: Example = {
    "kind": "choose_server",
    "state": "done",
    "attempts": 1,
    "started_at": NOON,
    "finished_at": NOON,
}
provisioning: Example = {
    "object": "provisioning",
    "id": RUN,
    "service_id": SERVICE,
    "status": "running",
    "round": 1,
    "error": "",
    "created_at": NOON,
    "started_at": NOON,
    "finished_at": None,
    "steps": [step],
}
domain: Example = {
    "object": "domain",
    "id": DOMAIN,
    "domain": "loja.com.br",
    "service_id": SERVICE,
    "status": "pending",
    "nameservers": ["ns1.example.com", "ns2.example.com"],
}
zone: Example = {**domain, "created_at": NOON, "confirmed_at": None}
record: Example = {
    "name": "loja.com.br",
    "type": "A",
    "content": "192.0.2.10",
    "ttl": 3600,
    "priority": 0,
}
webhook: Example = {
    "object": "webhook",
    "id": WEBHOOK,
    "url": "https://exemplo.com.br/webhooks",
    "description": "ERP",
    "types": ["invoice.*", "order.completed"],
    "is_ordered": False,
    "disabled": "",
    "created_at": NOON,
}
webhook_secret: Example = {**webhook, "secret": "whsec_EXEMPLO-mostrado-uma-vez"}
paid: Example = {
    "invoice_id": INVOICE,
    "order_id": ORDER,
    "customer_id": CUSTOMER,
    "method": "pix",
    "total_cents": 2990,
    "currency": "BRL",
}
event: Example = {
    "object": "event",
    "id": EVENT,
    "type": "invoice.paid",
    "version": 1,
    "at": NOON,
    "data": paid,
}
event_type: Example = {
    "object": "event_type",
    "type": "invoice.paid",
    "version": 1,
    "description": "Uma fatura foi paga por inteiro.",
    "sample": {"type": "invoice.paid", "version": 1, "timestamp": NOON, "data": paid},
}
delivery: Example = {
    "object": "delivery",
    "id": DELIVERY,
    "endpoint_id": WEBHOOK,
    "event_id": EVENT,
    "type": "invoice.paid",
    "status": "pending",
    "attempts": 1,
    "next_at": NOON,
    "answered": 503,
    "error": "",
    "delivered_at": None,
    "created_at": NOON,
}
