"""The part of Stripe that keeps cards and charges them without their owner."""

from collections.abc import Iterator, Mapping
from typing import Any

from alicerce.kernel.money import Money
from alicerce.vendors.stripe.cards import Card, read_card
from alicerce.vendors.stripe.connect import Behalf
from alicerce.vendors.stripe.outcomes import outcomes
from alicerce.vendors.stripe.reading import PAGE_SIZE, each
from alicerce.vendors.stripe.wire import (
    PaymentIntent,
    Session,
    read_payment_intent,
    read_session,
)


class Keeping:
    """Raises Refusal, Unavailable or Unknown, as the client it is a part of."""

    _api: Any
    _behalf: Behalf

    def create_customer(
        self, *, name: str, email: str, metadata: Mapping[str, str], idempotency_key: str
    ) -> str:
        """Who cards are kept for; its name at Stripe."""
        params: Any = {"name": name, "email": email, "metadata": dict(metadata)}
        with outcomes():
            made = self._api.customers.create(params, {"idempotency_key": idempotency_key})
            return str(made.id)

    def delete_customer(self, customer: str) -> None:
        """For good, with the cards kept for it; its payments stay on record. Refused once it is gone."""
        with outcomes():
            self._api.customers.delete(customer)

    def create_setup_session(
        self,
        *,
        customer: str,
        success_url: str,
        cancel_url: str,
        metadata: Mapping[str, str],
        idempotency_key: str,
        locale: str = "pt-BR",
    ) -> Session:
        """A hosted page that keeps a card for later, and charges nothing."""
        params: Any = {
            "mode": "setup",
            "customer": customer,
            "payment_method_types": ["card"],
            "success_url": success_url,
            "cancel_url": cancel_url,
            "locale": locale,
            "metadata": dict(metadata),
            "setup_intent_data": {"metadata": dict(metadata)},
        }
        with outcomes():
            made = self._api.checkout.sessions.create(
                params, {"idempotency_key": idempotency_key}
            )
            return read_session(made.to_dict())

    def create_portal_session(
        self, *, customer: str, return_url: str, locale: str = "pt-BR"
    ) -> str:
        """The address of Stripe's own page for this customer: it lives for minutes."""
        params: Any = {"customer": customer, "return_url": return_url, "locale": locale}
        with outcomes():
            return str(self._api.billing_portal.sessions.create(params).url)

    def list_cards(self, customer: str) -> Iterator[Card]:
        """Those kept for a customer, newest first. Refused with 404 where there is no such customer."""
        params: Any = {"type": "card", "limit": PAGE_SIZE}
        return each(
            lambda: self._api.customers.payment_methods.list(customer, params), read_card
        )

    def detach_card(self, card_id: str) -> None:
        """Keep it no more. Refused once it is not kept."""
        with outcomes():
            self._api.payment_methods.detach(card_id)

    def charge_card(
        self,
        *,
        customer: str,
        card: str,
        amount: Money,
        description: str,
        metadata: Mapping[str, str],
        idempotency_key: str,
    ) -> PaymentIntent:
        """Charge a kept card while its owner is away. A declined one is refused, and names its intent."""
        params: Any = {
            "amount": amount.cents,
            "currency": amount.currency.lower(),
            "customer": customer,
            "payment_method": card,
            "payment_method_types": ["card"],
            "off_session": True,
            "confirm": True,
            "description": description,
            "metadata": dict(metadata),
            **self._behalf.on_payment(amount),
        }
        with outcomes():
            made = self._api.payment_intents.create(
                params, {"idempotency_key": idempotency_key}
            )
            return read_payment_intent(made.to_dict())

    def list_payment_intents(self, *, customer: str) -> Iterator[PaymentIntent]:
        """Of one customer, newest first."""
        params: Any = {"customer": customer, "limit": PAGE_SIZE}
        return each(lambda: self._api.payment_intents.list(params), read_payment_intent)

    def cancel_payment_intent(self, intent_id: str) -> PaymentIntent:
        """Refused once it is paid, on its way, or canceled."""
        with outcomes():
            return read_payment_intent(self._api.payment_intents.cancel(intent_id).to_dict())
