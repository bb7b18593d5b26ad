"""Kept cards at Stripe, charged while their owner is away."""

from collections.abc import Mapping
from uuid import UUID

from alicerce.apps.billing.ports import (
    ChargeOrder,
    ChargeRequested,
    ProviderPayment,
    Reading,
)
from alicerce.apps.billing.types import ChargeStatus, PaymentMethod
from alicerce.kernel.http import Refusal
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.outcomes import StripeRefusal
from alicerce.vendors.stripe.wire import PaymentIntent

PROVIDER = "stripe"
PAID_INTENT = "payment_intent.succeeded"
INTENT_EVENTS = (PAID_INTENT, "payment_intent.payment_failed", "payment_intent.canceled")
CARD_EVENTS = (
    "payment_method.attached",
    "payment_method.automatically_updated",
    "payment_method.detached",
    "payment_method.updated",
)
"""Read by who keeps the cards; here they only say that the account should tell of them."""
GIVEN_UP = {"requires_payment_method", "canceled"}
MARK = ("by", "kept_card")


class KeptCards:
    """An intent for each charge, found again by our own mark among those of its payer."""

    def __init__(self, client: StripeClient, *, tenant_id: UUID, livemode: bool) -> None:
        self._client = client
        self._tenant_id = tenant_id
        self._livemode = livemode

    def request(self, order: ChargeOrder) -> ChargeRequested:
        """A card that is declined was charged, too: its intent says why."""
        try:
            made = self._client.charge_card(
                customer=order.card.payer,
                card=order.card.card,
                amount=order.amount,
                description=order.description,
                metadata=_marks(order),
                idempotency_key=order.idempotency_key,
            ).id
        except StripeRefusal as refusal:
            if not refusal.payment_intent:
                raise
            made = refusal.payment_intent
        return ChargeRequested(external_id=made, expires_at=order.expires_at)

    def find(self, order: ChargeOrder) -> Reading | None:
        """By its name; while that is unknown, among all that its payer was charged for."""
        if order.external_id:
            return self._told(self._client.get_payment_intent(order.external_id), order)
        intents = self._client.list_payment_intents(customer=order.card.payer)
        found = next((one for one in intents if _is_of(one, order)), None)
        return None if found is None else self._told(found, order)

    def read(self, intent_id: str) -> Reading:
        intent = self._client.get_payment_intent(intent_id)
        return self._told(intent) if self._is_ours(intent) else Reading()

    def withdraw(self, order: ChargeOrder) -> None:
        self._client.cancel_payment_intent(order.external_id)

    def _told(self, intent: PaymentIntent, order: ChargeOrder | None = None) -> Reading:
        self._is_ours(intent)
        has_failed = intent.status in GIVEN_UP
        return Reading(
            payments=(_payment(intent),) if intent.status == "succeeded" else (),
            charge=ChargeRequested(intent.id, order.expires_at if order else intent.created),
            status=ChargeStatus.FAILED if has_failed else None,
            error=(intent.decline or intent.status) if has_failed else "",
            charge_id=marked(intent.metadata, "charge"),
        )

    def _is_ours(self, intent: PaymentIntent) -> bool:
        if intent.livemode != self._livemode:
            raise Refusal("test mode and live mode do not mix")
        ours = intent.metadata.get("tenant") == str(self._tenant_id)
        return ours and is_of_kept_card(intent.metadata)


def is_of_kept_card(metadata: Mapping[str, str]) -> bool:
    """A page of Checkout has intents of its own, which are read as a part of it."""
    return MARK in metadata.items()


def marked(metadata: Mapping[str, str], mark: str) -> UUID | None:
    """Our own mark; anybody may write into metadata, so anything else is no mark."""
    try:
        return UUID(metadata[mark])
    except (KeyError, ValueError):
        return None


def _marks(order: ChargeOrder) -> dict[str, str]:
    return {
        "tenant": str(order.tenant_id),
        "invoice": str(order.invoice_id),
        "charge": str(order.charge_id),
        **dict([MARK]),
    }


def _is_of(intent: PaymentIntent, order: ChargeOrder) -> bool:
    return marked(intent.metadata, "charge") == order.charge_id


def _payment(intent: PaymentIntent) -> ProviderPayment:
    return ProviderPayment(
        provider=PROVIDER,
        reference=intent.id,
        read_as=f"intent:{intent.id}",
        method=PaymentMethod.CARD,
        amount=intent.received,
        paid_at=None,
        external_id=intent.id,
        charge_id=marked(intent.metadata, "charge"),
        invoice_id=marked(intent.metadata, "invoice"),
    )
