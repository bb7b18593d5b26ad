"""Cards kept at Stripe."""

import json
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from alicerce.apps.billing.ports import GatewayConfig
from alicerce.apps.collecting.ports import PageOpened, PageOrder
from alicerce.apps.collecting.types import KeptCard
from alicerce.apps.customers.types import CustomerCard
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.opening import open_client
from alicerce.vendors.stripe.outcomes import StripeRefusal
from alicerce.vendors.stripe.wire import Garbled, read_event

LOCALES = {"pt-br": "pt-BR", "en": "en"}
ABOUT_CARDS = (
    "checkout.session.completed",
    "payment_method.attached",
    "payment_method.automatically_updated",
    "payment_method.detached",
    "payment_method.updated",
)
NOT_THERE = {400, 404}


class StripeVault:
    """An event is a hint: the cards of its customer are listed before anything is believed."""

    def __init__(self, client: StripeClient, *, tenant_id: UUID) -> None:
        self._client = client
        self._tenant_id = tenant_id

    def open_payer(self, customer: CustomerCard) -> str:
        marks = {"tenant": str(self._tenant_id), "customer": str(customer.id)}
        return self._client.create_customer(
            name=customer.name,
            email=customer.email,
            metadata=marks,
            idempotency_key=f"payer:{self._tenant_id}:{customer.id}:{_digest(customer)}",
        )

    def open_page(self, order: PageOrder) -> PageOpened:
        page = self._client.create_setup_session(
            customer=order.payer,
            success_url=order.return_url,
            cancel_url=order.return_url,
            metadata={"tenant": str(self._tenant_id), "visit": str(order.visit_id)},
            idempotency_key=f"visit:{order.visit_id}",
            locale=LOCALES.get(order.locale, "auto"),
        )
        return PageOpened(page.url or "", page.expires_at)

    def open_portal(self, order: PageOrder) -> PageOpened:
        url = self._client.create_portal_session(
            customer=order.payer,
            return_url=order.return_url,
            locale=LOCALES.get(order.locale, "auto"),
        )
        return PageOpened(url)

    def cards(self, payer: str) -> tuple[KeptCard, ...]:
        found = [
            KeptCard(card.id, card.brand, card.last4, card.exp_month, card.exp_year)
            for card in self._client.list_cards(payer)
        ]
        return tuple(reversed(found))

    def forget(self, card: str) -> None:
        try:
            self._client.detach_card(card)
        except StripeRefusal as refusal:
            if refusal.status not in NOT_THERE:
                raise

    def forget_payer(self, payer: str) -> None:
        try:
            self._client.delete_customer(payer)
        except StripeRefusal as refusal:
            if refusal.status not in NOT_THERE:
                raise

    def payers_in(self, raw: bytes) -> tuple[str, ...]:
        try:
            hint = read_event(json.loads(raw))
        except (Garbled, ValueError):
            return ()  # a thin event, or one of a kind that we never asked for
        return (hint.customer,) if hint.type in ABOUT_CARDS and hint.customer else ()

    def payer_of_page(self, page: str) -> str:
        session = self._client.get_session(page)
        ours = session.metadata.get("tenant") == str(self._tenant_id)
        return (session.customer or "") if ours and session.status == "complete" else ""


def _digest(customer: CustomerCard) -> str:
    """Somebody whose name was changed is asked for under another key: the same one would be refused."""
    return sha256(f"{customer.name}\n{customer.email}".encode()).hexdigest()[:16]


@lru_cache(maxsize=256)
def open_stripe_vault(config: GatewayConfig) -> StripeVault:
    """One client per account and process: it keeps its connections."""
    client = open_client(config.credentials, base_url=config.base_url)
    return StripeVault(client, tenant_id=config.tenant_id)
