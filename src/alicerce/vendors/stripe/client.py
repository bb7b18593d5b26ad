"""The part of Stripe we use, through the official SDK and the API version it was written for."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Self

import stripe

from alicerce.kernel.money import Money
from alicerce.vendors.stripe.balance import (
    BalanceTransaction,
    Payout,
    read_balance_transaction,
    read_payout,
)
from alicerce.vendors.stripe.connect import Behalf, Connecting
from alicerce.vendors.stripe.disputes import Dispute, read_dispute
from alicerce.vendors.stripe.keeping import Keeping
from alicerce.vendors.stripe.outcomes import outcomes
from alicerce.vendors.stripe.reading import PAGE_SIZE, each
from alicerce.vendors.stripe.transport import Transport
from alicerce.vendors.stripe.wire import (
    EventHint,
    Invoice,
    PaymentIntent,
    Refund,
    Session,
    read_event,
    read_invoice,
    read_payment_intent,
    read_refund,
    read_session,
)

API_BASE = "https://api.stripe.com"

Mode = Literal["payment", "subscription"]
Interval = Literal["month", "year"]


class StripeClient(Keeping, Connecting):
    """Raises Refusal, Unavailable or Unknown. After Unknown, repeat with the same idempotency key.

    On behalf of a connected account, each call is made there, and nothing else is seen.
    """

    def __init__(
        self,
        secret_key: str,
        *,
        base_url: str = API_BASE,
        timeout: float = 30,
        behalf: Behalf | None = None,
    ) -> None:
        self._behalf = behalf or Behalf("")
        self._transport = Transport(timeout=timeout)
        self._api = stripe.StripeClient(
            secret_key,
            stripe_account=self._behalf.account or None,
            base_addresses={"api": base_url},
            http_client=self._transport,
            max_network_retries=0,
        ).v1

    def watch(
        self, url: str, *, events: Sequence[str], idempotency_key: str, connect: bool = False
    ) -> str:
        """Have events posted to the address, our own or those of connected accounts; their secret."""
        params: Any = {"url": url, "enabled_events": list(events)}
        params |= {"connect": True} if connect else {}
        with outcomes():
            made = self._api.webhook_endpoints.create(
                params, {"idempotency_key": idempotency_key}
            )
            return str(made.secret)

    def create_checkout_session(
        self,
        *,
        mode: Mode,
        amount: Money,
        product_name: str,
        success_url: str,
        cancel_url: str,
        metadata: Mapping[str, str],
        idempotency_key: str,
        customer_email: str = "",
        customer: str = "",
        keeps_card: bool = False,
        interval: Interval | None = None,
        interval_count: int = 1,
        expires_at: datetime | None = None,
        boleto_days: int | None = None,
        locale: str = "pt-BR",
    ) -> Session:
        """The same key and arguments give the same session; other arguments are refused.

        Whoever pays is a customer kept at Stripe, or an e-mail address; their card is kept if they agreed.
        """
        if (mode == "subscription") != (interval is not None):
            raise ValueError("a subscription has an interval, a payment has none")
        params: Any = {
            "mode": mode,
            "line_items": [_line(amount, product_name, interval, interval_count)],
            "success_url": success_url,
            "cancel_url": cancel_url,
            "locale": locale,
            **_payer(customer, customer_email, keeps_card=keeps_card),
            **_marks(mode, metadata, keeps_card=keeps_card, fee=self._fee(mode, amount)),
        }
        if expires_at:
            params["expires_at"] = int(expires_at.timestamp())
        if boleto_days is not None:
            params |= _boleto(boleto_days)
        with outcomes():
            made = self._api.checkout.sessions.create(
                params, {"idempotency_key": idempotency_key}
            )
            return read_session(made.to_dict())

    def get_session(self, session_id: str) -> Session:
        with outcomes():
            return read_session(self._api.checkout.sessions.retrieve(session_id).to_dict())

    def expire_session(self, session_id: str) -> Session:
        """Close the page, so that nobody pays there any more. Refused once it is complete."""
        with outcomes():
            return read_session(self._api.checkout.sessions.expire(session_id).to_dict())

    def list_sessions(self, *, created_gte: datetime) -> Iterator[Session]:
        """Newest first."""
        params = _since(created_gte)
        return each(lambda: self._api.checkout.sessions.list(params), read_session)

    def list_events(
        self, *, created_gte: datetime, types: Sequence[str] = ()
    ) -> Iterator[EventHint]:
        """Newest first, up to 30 days back."""
        params = _since(created_gte)
        if types:
            params["types"] = list(types)
        return each(lambda: self._api.events.list(params), read_event)

    def get_payment_intent(self, intent_id: str) -> PaymentIntent:
        with outcomes():
            return read_payment_intent(self._api.payment_intents.retrieve(intent_id).to_dict())

    def get_invoice(self, invoice_id: str) -> Invoice:
        with outcomes():
            found = self._api.invoices.retrieve(invoice_id, {"expand": ["payments"]})
            return read_invoice(found.to_dict())

    def create_refund(
        self,
        *,
        payment_intent: str,
        amount: Money,
        metadata: Mapping[str, str],
        idempotency_key: str,
    ) -> Refund:
        """The same key and arguments give the same refund; other arguments are refused."""
        params: Any = {
            "payment_intent": payment_intent,
            "amount": amount.cents,
            "metadata": dict(metadata),
            **self._behalf.on_refund(),
        }
        with outcomes():
            made = self._api.refunds.create(params, {"idempotency_key": idempotency_key})
            return read_refund(made.to_dict())

    def get_refund(self, refund_id: str) -> Refund:
        with outcomes():
            return read_refund(self._api.refunds.retrieve(refund_id).to_dict())

    def list_refunds(self, *, payment_intent: str = "", charge: str = "") -> Iterator[Refund]:
        """Of one payment, newest first."""
        params: Any = {"limit": PAGE_SIZE}
        params |= {"payment_intent": payment_intent} if payment_intent else {"charge": charge}
        return each(lambda: self._api.refunds.list(params), read_refund)

    def get_dispute(self, dispute_id: str) -> Dispute:
        with outcomes():
            found = self._api.disputes.retrieve(dispute_id, {"expand": ["payment_intent"]})
            return read_dispute(found.to_dict())

    def list_disputes(self, *, created_gte: datetime) -> Iterator[Dispute]:
        """Newest first, without what their payments are marked with."""
        params = _since(created_gte)
        return each(lambda: self._api.disputes.list(params), read_dispute)

    def submit_evidence(
        self, dispute_id: str, evidence: Mapping[str, str], *, idempotency_key: str
    ) -> Dispute:
        """Hand it to the bank, for good. After Unknown read the dispute: it counts what was submitted."""
        params: Any = {"evidence": dict(evidence), "submit": True}
        with outcomes():
            made = self._api.disputes.update(
                dispute_id, params, {"idempotency_key": idempotency_key}
            )
            return read_dispute(made.to_dict())

    def close_dispute(self, dispute_id: str, *, idempotency_key: str) -> Dispute:
        """Give in: the dispute is lost, for good."""
        with outcomes():
            made = self._api.disputes.close(
                dispute_id, {}, {"idempotency_key": idempotency_key}
            )
            return read_dispute(made.to_dict())

    def balance_page(
        self, *, after: str = "", **narrowed: Any
    ) -> tuple[list[BalanceTransaction], str]:
        """A page of movements, newest first, and where the next begins; narrowed as Stripe names it.

        `since` and `until` are instants, the second left out.
        """
        params = _page(after, narrowed) | {"expand": ["data.source"]}
        with outcomes():
            page = self._api.balance_transactions.list(params)
            found = [read_balance_transaction(one.to_dict()) for one in page.data]
            return found, found[-1].id if page.has_more and found else ""

    def payouts_page(self, *, after: str = "", **narrowed: Any) -> tuple[list[Payout], str]:
        """A page of payouts, newest first, and where the next begins."""
        with outcomes():
            page = self._api.payouts.list(_page(after, narrowed))
            found = [read_payout(one.to_dict()) for one in page.data]
            return found, found[-1].id if page.has_more and found else ""

    def _fee(self, mode: Mode, amount: Money) -> dict[str, Any]:
        once = mode == "payment"
        return self._behalf.on_payment(amount) if once else self._behalf.on_subscription(amount)

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _line(
    amount: Money, product_name: str, interval: Interval | None, count: int
) -> dict[str, Any]:
    price: dict[str, Any] = {
        "currency": amount.currency.lower(),
        "unit_amount": amount.cents,
        "product_data": {"name": product_name},
    }
    if interval:
        price["recurring"] = {"interval": interval, "interval_count": count}
    return {"price_data": price, "quantity": 1}


def _boleto(days: int) -> dict[str, Any]:
    return {
        "payment_method_types": ["boleto"],
        "payment_method_options": {"boleto": {"expires_after_days": days}},
    }


def _payer(customer: str, email: str, *, keeps_card: bool) -> dict[str, Any]:
    """A card is kept for a customer at Stripe: who is none yet becomes one by paying."""
    if customer:
        return {"customer": customer}
    return {"customer_email": email} | ({"customer_creation": "always"} if keeps_card else {})


def _marks(
    mode: Mode, metadata: Mapping[str, str], *, keeps_card: bool, fee: Mapping[str, Any]
) -> dict[str, Any]:
    """Twice, because Stripe copies nothing from the session to what it gives rise to."""
    child = "payment_intent_data" if mode == "payment" else "subscription_data"
    kept = {"setup_future_usage": "off_session"} if keeps_card else {}
    return {"metadata": dict(metadata), child: {"metadata": dict(metadata), **kept, **fee}}


def _since(created_gte: datetime) -> Any:
    return {"limit": PAGE_SIZE, "created": {"gte": int(created_gte.timestamp())}}


def _page(after: str, narrowed: dict[str, Any]) -> Any:
    edges = {"gte": narrowed.pop("since", None), "lt": narrowed.pop("until", None)}
    created = {edge: int(at.timestamp()) for edge, at in edges.items() if at}
    params: dict[str, Any] = {"limit": PAGE_SIZE, **narrowed}
    return (
        params
        | ({"created": created} if created else {})
        | ({"starting_after": after} if after else {})
    )
