"""A company with a Stripe account to post to, and Stripe's posts, signed."""

import json
import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from alicerce.apps.billing.queries.gateways import hook_path
from alicerce.apps.billing.services.connect_gateway import connect_gateway
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.vendors.stripe.signatures import sign

NOWHERE = "http://127.0.0.1:9"  # nobody asks Stripe anything here: no worker runs


@dataclass(frozen=True)
class Company:
    tenant_id: UUID
    account_id: UUID
    path: str
    secret: str

    def post(self) -> tuple[str, bytes, str]:
        """A new event: its id, its body as Stripe words it, its signature."""
        event_id = f"evt_{uuid4().hex}"
        raw = _body(event_id, self.tenant_id)
        return event_id, raw, sign(raw, [self.secret], now())


def open_company(base_url: str) -> Company:
    secret = f"whsec_{secrets.token_urlsafe(24)}"
    tenant_id = tenancy.open_tenant(
        at=now(),
        slug="nuvemsul",
        hosts=(base_url,),
        name="Nuvem Sul",
        legal_name="Nuvem Sul Hospedagem Ltda",
        document="12ABC34501DE35",
        city="Curitiba",
        alert_email="plantao@example.com",
    )
    with acting(tenant_id=tenant_id, actor="system"):
        account_id = connect_gateway(
            kind=GatewayKind.STRIPE,
            name="Cartão",
            livemode=False,
            base_url=NOWHERE,
            credentials={"secret_key": "sk_test_of_a_bench", "webhook_secrets": [secret]},
            settings={},
            at=now(),
        )
        with transaction():
            path = hook_path(account_id)
    return Company(tenant_id, account_id, path, secret)


def _body(event_id: str, tenant_id: UUID) -> bytes:
    session = {
        "id": f"cs_test_{event_id[4:]}",
        "object": "checkout.session",
        "amount_total": 2990,
        "currency": "brl",
        "customer_details": {"email": "cliente@example.com", "name": "Cliente"},
        "livemode": False,
        "metadata": {"tenant_id": str(tenant_id), "invoice_id": str(uuid4())},
        "mode": "payment",
        "payment_intent": f"pi_{event_id[4:]}",
        "payment_status": "paid",
        "status": "complete",
        "success_url": "https://cliente.example.com/pedido/0123456789/",
    }
    event = {
        "id": event_id,
        "object": "event",
        "api_version": "2026-06-24",
        "created": 1_790_000_000,
        "data": {"object": session},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": "checkout.session.completed",
    }
    return json.dumps(event, indent=2).encode()
