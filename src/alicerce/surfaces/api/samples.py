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
TIER, DETAIL = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0f", "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b10"
METADATA = {"erp_id": "4711"}
FIELD = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2c41"
OPTION, CHOICE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b0f", "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b10"
CHOICE_PRICE = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b11"
COUPON = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b12"
NOON = "2026-11-25T12:00:00Z"

Example = dict[str, Any]


def a_list(of: Example, path: str) -> Example:
    return {
        "object": "list",
        "data": [of],
        "has_more": False,
        "next_cursor": None,
        "url": f"/v1/{path}",
    }


me: Example = {
    "object": "me",
    "key_id": KEY,
    "key_name": "Integração do site",
    "app": None,
    "mode": "live",
    "api_version": "2026-11",
    "scopes": ["customers:read", "services:create"],
    "company": {
        "id": COMPANY,
        "name": "Padaria Hospedagem",
        "restriction": "none",
        "bill_url": None,
    },
}
key: Example = {
    "object": "api_key",
    "id": KEY,
    "name": "Integração do site",
    "mode": "live",
    "api_version": "2026-11",
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
    "kind": "person",
    "name": "Renata Souza",
    "trade_name": "",
    "email": "renata@example.com",
    "document": "52998224725",
    "document_kind": "cpf",
    "phone": "+5541999990000",
    "locale": "pt-br",
    "status": "active",
    "tier_id": TIER,
    "tags": ["vip"],
    "external_reference": "ERP-77",
    "state_registration": "",
    "city_registration": "",
    "iss_withheld": False,
    "metadata": METADATA,
    "created_at": NOON,
}
price: Example = {
    "object": "price",
    "id": PRICE,
    "plan_id": PLAN,
    "cycle": "monthly",
    "amount_cents": 4990,
    "setup_cents": 0,
    "trial_days": 0,
    "trial_card": False,
    "currency": "BRL",
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
    "starts_on": None,
    "terms_version": 3,
    "terms_pending": False,
    "terms_evidence": None,
    "trial_days": 0,
    "trial_card": False,
    "cancel_cause": None,
    "page_path": "/pedido/m3kC…/",
    "page_url": "https://nuvemsul.alicerce.com.br/pedido/m3kC…/",
    "metadata": {},
    "answers": [
        {
            "field_id": FIELD,
            "kind": "short_text",
            "label": "Nome da empresa",
            "label_en": "Company name",
            "is_personal": False,
            "value": "Padaria do Sol Ltda.",
        }
    ],
    "lines": [
        {
            "object": "order_line",
            "id": LINE,
            "goes_along": False,
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
    "kind": "sale",
    "status": "open",
    "issuer": COMPANY,
    "customer_id": CUSTOMER,
    "order_id": ORDER,
    "total_cents": 4990,
    "paid_cents": 1000,
    "relieved_cents": 0,
    "returned_cents": 0,
    "remaining_cents": 3990,
    "currency": "BRL",
    "due_on": "2026-11-25",
    "opened_at": NOON,
    "paid_at": None,
    "voided_at": None,
    "page_path": "/fatura/Zk9d…/",
    "page_url": "https://nuvemsul.alicerce.com.br/fatura/Zk9d…/",
    "metadata": {},
}
invoice_detail: Example = {
    "taxes": [
        {
            "name": "ISS",
            "kind": "iss",
            "rate_ppm": 29000,
            "manner": "within",
            "withheld": False,
            "base_cents": 4990,
            "amount_cents": 145,
            "given_back_cents": 0,
        }
    ],
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
    "suspended_since": None,
    "suspension_cause": None,
    "removal_due_at": None,
    "terminated_at": None,
    "metadata": METADATA,
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
zone: Example = {**domain, "created_at": NOON, "confirmed_at": None, "metadata": {}}
record: Example = {
    "name": "loja.com.br",
    "type": "A",
    "content": "192.0.2.10",
    "ttl": 3600,
    "priority": 0,
}
