"""The least that is valid, for tests."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from alicerce.apps.billing.models import GatewayAccount, Invoice
from alicerce.apps.billing.ports import ProviderPayment
from alicerce.apps.billing.services.adjust_wallet import adjust_wallet
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.connect_gateway import connect_gateway
from alicerce.apps.billing.services.open_invoice import open_invoice
from alicerce.apps.billing.services.record_payment import ByHand
from alicerce.apps.billing.types import GatewayKind, NewLine, PaymentMethod
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
PIX_SECRETS = {
    "client_id": "id",
    "client_secret": "secret",
    "client_cert_pem": "pem",
    "client_key_pem": "pem",
}


PRICE = Money(4990)


def an_invoice(total: Money = PRICE, **given: Any) -> Invoice:
    """An open invoice of one line."""
    facts: dict[str, Any] = {
        "customer_id": given.pop("customer_id", None) or a_customer().id,
        "lines": [NewLine("Hospedagem", 1, total)],
        "due_on": date(2026, 9, 1),
        "at": NOON,
    }
    return Invoice.objects.get(pk=open_invoice(**{**facts, **given}))


def an_account(kind: GatewayKind = GatewayKind.PIX, **given: Any) -> GatewayAccount:
    is_pix = kind == GatewayKind.PIX
    facts: dict[str, Any] = {
        "kind": kind,
        "name": f"{kind} {uuid7().hex[-6:]}",
        "livemode": False,
        "base_url": "https://provider.invalid",
        "credentials": PIX_SECRETS
        if is_pix
        else {"secret_key": "sk_test_1", "webhook_secrets": ["whsec_1"]},
        "settings": {"pix_key": "chave@padaria.example"} if is_pix else {},
        "at": NOON,
    }
    return GatewayAccount.objects.get(pk=connect_gateway(**{**facts, **given}))


def a_payment(invoice_id: UUID | None = None, **given: Any) -> ProviderPayment:
    """What a provider says it received; by default the exact amount of `an_invoice`."""
    reference = given.pop("reference", None) or f"E{uuid7().hex}"
    facts: dict[str, Any] = {
        "provider": "pix",
        "reference": reference,
        "read_as": f"pix:{reference}",
        "method": PaymentMethod.PIX,
        "amount": PRICE,
        "paid_at": NOON,
        "invoice_id": invoice_id,
    }
    return ProviderPayment(**{**facts, **given})


def a_paid_invoice(
    total: Money = PRICE, *, account: GatewayAccount, paid_at: datetime = NOON, **given: Any
) -> Invoice:
    """An invoice that a Pix of its exact amount settled."""
    invoice = an_invoice(total, **given)
    paid = a_payment(invoice.id, amount=total, paid_at=paid_at)
    book_payment(account_id=account.id, paid=paid, at=paid_at)
    invoice.refresh_from_db()
    return invoice


def give_credit(customer_id: UUID, amount: Money) -> None:
    adjust_wallet(customer_id=customer_id, amount=amount, reason="cortesia", at=NOON)


def by_hand(cents: int, **given: Any) -> ByHand:
    facts: dict[str, Any] = {
        "cents": cents,
        "method": PaymentMethod.TRANSFER,
        "reference": f"TED {uuid7().hex[-8:]}",
        "received_at": NOON,
        "proof": "extrato de setembro",
        "reason": "pagou por transferência",
    }
    return ByHand(**{**facts, **given})
