"""Cards by Stripe Checkout."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from alicerce.apps.billing.adapters.stripe_boleto import (
    check_payable,
    method_of,
    payable_until,
)
from alicerce.apps.billing.adapters.stripe_cards import (
    GIVEN_UP,
    PAID_INTENT,
    PROVIDER,
    KeptCards,
    marked,
)
from alicerce.apps.billing.adapters.stripe_events import (
    ASKED,
    PAID_EVENTS,
    REFUND_EVENTS,
    name_of,
)
from alicerce.apps.billing.adapters.stripe_money import payment_of, refund_of
from alicerce.apps.billing.ports import (
    ChargeOrder,
    ChargeRequested,
    GatewayConfig,
    ProviderPayment,
    ProviderRefund,
    Reading,
    RefundOrder,
)
from alicerce.apps.billing.types import ChargeStatus
from alicerce.kernel.http import Refusal
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.opening import open_client
from alicerce.vendors.stripe.outcomes import StripeRefusal
from alicerce.vendors.stripe.wire import (
    EventHint,
    Garbled,
    Invoice,
    Refund,
    Session,
    read_event,
)

LOCALES = {"pt-br": "pt-BR", "en": "en"}
NOT_FOUND = 404


class StripeGateway:
    """An event is a hint: every object is fetched before anything is booked."""

    def __init__(self, client: StripeClient, *, tenant_id: UUID, livemode: bool) -> None:
        self._client = client
        self._tenant_id = tenant_id
        self._livemode = livemode
        self._kept = KeptCards(client, tenant_id=tenant_id, livemode=livemode)

    def external_id(self, order: ChargeOrder) -> str:
        return order.external_id

    def request(self, order: ChargeOrder) -> ChargeRequested:
        """To ask again under the same key is how Stripe is asked what became of a page."""
        if order.card.card:
            return self._kept.request(order)
        check_payable(order)
        made = self._client.create_checkout_session(
            mode="subscription" if order.renewal else "payment",
            amount=order.amount,
            product_name=order.description,
            customer_email="" if order.card.payer else order.payer.email,
            customer=order.card.payer,
            keeps_card=order.card.keeps and not order.renewal,
            success_url=order.return_url,
            cancel_url=order.return_url,
            metadata={
                "tenant": str(order.tenant_id),
                "invoice": str(order.invoice_id),
                "charge": str(order.charge_id),
            },
            idempotency_key=order.idempotency_key,
            interval=order.renewal.interval.value if order.renewal else None,
            interval_count=order.renewal.count if order.renewal else 1,
            expires_at=order.expires_at,
            boleto_days=order.boleto_days,
            locale=LOCALES.get(order.payer.locale, "auto"),
        )
        return _requested(made)

    def find(self, order: ChargeOrder) -> Reading | None:
        if order.card.card:
            return self._kept.find(order)
        return self._session(order.external_id) if order.external_id else None

    def withdraw(self, order: ChargeOrder) -> None:
        if order.card.card:
            self._kept.withdraw(order)
            return
        self._client.expire_session(order.external_id)

    def refund_name(self, order: RefundOrder) -> str:
        return order.external_id

    def refund(self, order: RefundOrder) -> ProviderRefund:
        made = self._client.create_refund(
            payment_intent=order.payment_reference,
            amount=order.amount,
            metadata={"tenant": str(order.tenant_id), "refund": str(order.refund_id)},
            idempotency_key=order.idempotency_key,
        )
        return refund_of(made)

    def find_refund(self, order: RefundOrder) -> ProviderRefund | None:
        """By its name; by our own mark among those of the payment while its name is unknown."""
        if order.external_id:
            return refund_of(self._client.get_refund(order.external_id))
        own = (
            one
            for one in self._client.list_refunds(payment_intent=order.payment_reference)
            if marked(one.metadata, "refund") == order.refund_id
        )
        found = next(own, None)
        return None if found is None else refund_of(found)

    def readings_in(self, raw: bytes) -> tuple[str, ...]:
        try:
            name = name_of(read_event(json.loads(raw)))
        except (Garbled, ValueError):
            return ()  # a thin event, or one of a kind that we never asked for
        return (name,) if name else ()

    def read(self, name: str) -> Reading:
        kind, _, object_id = name.partition(":")
        ask = {
            "session": self._session,
            "refund": self._refund,
            "charge": self._charge,
            "intent": self._kept.read,
        }
        try:
            return ask.get(kind, self._invoice)(object_id)
        except StripeRefusal as refusal:
            if refusal.status == NOT_FOUND:
                return Reading()
            raise

    def readings_since(self, since: datetime, until: datetime) -> Iterator[str]:
        types = (*PAID_EVENTS, *REFUND_EVENTS, PAID_INTENT)
        for hint in self._client.list_events(created_gte=since, types=types):
            name = name_of(hint)
            if name and self._is_ours(hint):
                yield name

    def register_hook(self, url: str) -> str:
        """Stripe tells the signing secret only in its first answer: the same key repeats that answer."""
        return self._client.watch(
            url, events=sorted(ASKED), idempotency_key=f"hook-{self._tenant_id}-{url}"
        )

    def _refund(self, refund_id: str) -> Reading:
        found = self._client.get_refund(refund_id)
        return Reading(refunds=(refund_of(found),)) if self._is_mine(found) else Reading()

    def _charge(self, charge_id: str) -> Reading:
        """All that went back of one charge, whoever gave it back, also by hand at Stripe."""
        found = self._client.list_refunds(charge=charge_id)
        return Reading(refunds=tuple(refund_of(one) for one in found if self._is_mine(one)))

    def _is_mine(self, found: Refund) -> bool:
        return found.metadata.get("tenant", str(self._tenant_id)) == str(self._tenant_id)

    def _session(self, session_id: str) -> Reading:
        session = self._client.get_session(session_id)
        if not self._is_ours(session):
            return Reading()
        return Reading(
            payments=tuple(self._payments_of(session)),
            charge=_requested(session),
            status=self._status(session),
            charge_id=marked(session.metadata, "charge"),
        )

    def _payments_of(self, session: Session) -> Iterator[ProviderPayment]:
        if session.payment_status != "paid":
            return
        if session.invoice and not session.payment_intent:
            yield from self._invoice(session.invoice).payments
        elif session.amount and session.payment_intent:
            yield ProviderPayment(
                provider=PROVIDER,
                reference=session.payment_intent,
                read_as=f"session:{session.id}",
                method=method_of(session),
                amount=session.amount,
                paid_at=None,
                external_id=session.id,
                charge_id=marked(session.metadata, "charge"),
                invoice_id=marked(session.metadata, "invoice"),
            )

    def _invoice(self, invoice_id: str) -> Reading:
        invoice = self._client.get_invoice(invoice_id)
        if not self._is_ours(invoice) or invoice.status != "paid" or not invoice.paid.cents:
            return Reading()
        return Reading(payments=(payment_of(invoice),))

    def _status(self, session: Session) -> ChargeStatus | None:
        if session.status == "expired":
            return ChargeStatus.EXPIRED
        pending = session.status == "complete" and session.payment_status == "unpaid"
        if pending and session.payment_intent:
            intent = self._client.get_payment_intent(session.payment_intent)
            return ChargeStatus.FAILED if intent.status in GIVEN_UP else None
        return None

    def _is_ours(self, found: Session | Invoice | EventHint) -> bool:
        """Tenants may share an account at Stripe; one that names another tenant is theirs to book."""
        if found.livemode != self._livemode:
            raise Refusal("test mode and live mode do not mix")
        return found.metadata.get("tenant", str(self._tenant_id)) == str(self._tenant_id)


def _requested(session: Session) -> ChargeRequested:
    return ChargeRequested(
        external_id=session.id,
        expires_at=payable_until(session),
        redirect_url=session.url or "",
    )


@lru_cache(maxsize=256)
def open_stripe(config: GatewayConfig) -> StripeGateway:
    """One client per account and process: it keeps its connections."""
    client = open_client(config.credentials, base_url=config.base_url)
    return StripeGateway(client, tenant_id=config.tenant_id, livemode=config.livemode)
