"""A Stripe account: its checkout sessions, what paying them gives rise to, and its events."""

import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.vendors.stripe.simulator.balance import Balance
from alicerce.vendors.stripe.simulator.boleto import is_boleto
from alicerce.vendors.stripe.simulator.checks import CHILDREN
from alicerce.vendors.stripe.simulator.disputes import Disputes
from alicerce.vendors.stripe.simulator.fees import Collector, asked_fee
from alicerce.vendors.stripe.simulator.ledger import Ledger
from alicerce.vendors.stripe.simulator.objects import (
    Json,
    new_endpoint,
    new_session,
    new_setup_intent,
    seconds,
)
from alicerce.vendors.stripe.simulator.plastic import GOOD
from alicerce.vendors.stripe.simulator.post import FOR_CONNECTED, Post
from alicerce.vendors.stripe.simulator.problems import invalid
from alicerce.vendors.stripe.simulator.refunds import Refunds
from alicerce.vendors.stripe.simulator.till import REQUEST, Till
from alicerce.vendors.stripe.simulator.vault import Vault

SECRET_BYTES = 24


class NotPayable(Exception):
    """The page would not take the money: the session is absent, complete or expired."""


class StripeProvider:
    """What Stripe knows, and what a payer can do to it."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        post: Post,
        livemode: bool,
        clock: Callable[[], datetime] = now,
        collector: Collector | None = None,
    ) -> None:
        self.ledger = ledger
        self.clock = clock
        self.post = self._post = post
        self._livemode = livemode
        self._lock = threading.RLock()
        common: dict[str, Any] = {
            "ledger": ledger,
            "post": post,
            "livemode": livemode,
            "clock": clock,
        }
        self.balance = Balance(lock=self._lock, collector=collector, **common)
        self._till = Till(balance=self.balance, **common)
        self.refunds = Refunds(balance=self.balance, lock=self._lock, **common)
        self.disputes = Disputes(balance=self.balance, lock=self._lock, **common)
        self.vault = Vault(balance=self.balance, lock=self._lock, **common)

    def sessions(self) -> list[Json]:
        """Newest first."""
        return [self._current(session) for session in self.ledger.all("checkout.session")]

    def session(self, session_id: str) -> Json:
        return self._current(self.ledger.get("checkout.session", session_id))

    def open_session(self, params: Mapping[str, Any], *, url: str) -> Json:
        session = new_session(params, url=url, at=self.clock(), livemode=self._livemode)
        if customer := session["customer"]:
            self.ledger.get("customer", customer)
        child = params.get(CHILDREN[params["mode"]], {})
        wish = {
            "id": session["id"],
            "lines": params.get("line_items", []),
            "metadata": child.get("metadata", {}),
            "makes_customer": params.get("customer_creation") == "always",
            "keeps": child.get("setup_future_usage") == "off_session",
            "fee": asked_fee(child, self.ledger, session["amount_total"] or 0),
        }
        self.ledger.save({"object": REQUEST, **wish})
        return self.ledger.save(session)

    def names(self, session_id: str) -> list[str]:
        """What the session sells."""
        lines = self.ledger.get(REQUEST, session_id)["lines"]
        return [line["price_data"]["product_data"]["name"] for line in lines]

    def expire(self, session_id: str) -> Json:
        with self._lock:
            session = self.session(session_id)
            if session["status"] != "open":
                raise invalid(f"Only open Checkout Sessions expire; it is {session['status']}.")
            return self._expire(session)

    def pay(
        self,
        session_id: str,
        amount: Money | None = None,
        *,
        async_: bool = False,
        number: str = GOOD,
    ) -> Json:
        """Pay on the hosted page. With async_, and by boleto, the money comes, or not, when `settle` says so.

        The card is kept when the session asked for it. Raises NotPayable, or Problem for a card that
        its bank refuses.
        """
        with self._lock:
            session = self._payable(session_id)
            if session["mode"] == "setup":
                return self._keep_card(session, number)
            if amount:
                session |= {"amount_total": amount.cents, "currency": amount.currency.lower()}
            session |= self._payer(session, number)
            session |= self._till.begin(session)
            session |= _completed(session)
            self.ledger.save(session)
            if async_ or is_boleto(session):
                self._post.tell("checkout.session.completed", session)
                return session
            return self._till.take(session, "checkout.session.completed")

    def settle(self, session_id: str, *, succeeded: bool = True) -> Json:
        """The bank answers about a payment that was left waiting. Raises NotPayable."""
        with self._lock:
            session = self.ledger.find("checkout.session", session_id)
            if session is None or not _is_waiting(session):
                raise NotPayable(session_id)
            if succeeded:
                return self._till.take(session, "checkout.session.async_payment_succeeded")
            return self._till.give_up(session)

    def renew(self, subscription_id: str) -> Json:
        """A subscription's next period begins and is paid. Returns its invoice."""
        with self._lock:
            return self._till.renew(self.ledger.get("subscription", subscription_id))

    def resend(self, event_id: str) -> None:
        """Deliver an event once more, under the same id."""
        self._post.deliver(self.ledger.get("event", event_id))

    def register(self, params: Mapping[str, Any], *, secret: str | None = None) -> Json:
        """A webhook endpoint. Its secret is told this once."""
        secret = secret or f"whsec_{secrets.token_urlsafe(SECRET_BYTES)}"
        at, livemode = self.clock(), self._livemode
        made = new_endpoint(params, secret=secret, at=at, livemode=livemode)
        is_for_connected = params.get("connect") == "true"
        self.ledger.save(made | {FOR_CONNECTED: is_for_connected})
        return made

    def watch(self, url: str, *, secret: str) -> None:
        """Send every event to the URL, under this secret from now on."""
        for endpoint in self.ledger.all("webhook_endpoint"):
            if endpoint["url"] == url:
                self.ledger.save(endpoint | {"secret": secret})
                return
        self.register({"url": url, "enabled_events": ["*"]}, secret=secret)

    def quietly(self) -> AbstractContextManager[None]:
        """Webhooks of what happens meanwhile are lost; its events stay to be listed."""
        return self._post.quietly()

    def close(self) -> None:
        self._post.close()

    def _keep_card(self, session: Json, number: str) -> Json:
        card = self.vault.keep(session["customer"], number)
        metadata = self.ledger.get(REQUEST, session["id"])["metadata"]
        kept = new_setup_intent(session, card, metadata=metadata, at=self.clock())
        self.ledger.save(kept)
        done = session | {"setup_intent": kept["id"]} | _completed(session)
        self._post.tell("checkout.session.completed", self.ledger.save(done))
        return done

    def _payer(self, session: Json, number: str) -> Json:
        """Who pays becomes a customer where the session wanted one, and their card is kept."""
        wish, customer = self.ledger.get(REQUEST, session["id"]), session["customer"]
        if wish.get("makes_customer") and not customer:
            made = self.vault.create_customer({"email": session["customer_email"]})
            customer = made["id"]
        if customer and wish.get("keeps"):
            self.vault.keep(customer, number)
        return {"customer": customer}

    def _current(self, session: Json) -> Json:
        """Sessions expire by themselves; we notice when somebody looks."""
        if session["status"] == "open" and seconds(self.clock()) >= session["expires_at"]:
            return self._expire(session)
        return session

    def _expire(self, session: Json) -> Json:
        expired = self.ledger.save(session | {"status": "expired", "url": None})
        self._post.tell("checkout.session.expired", expired)
        return expired

    def _payable(self, session_id: str) -> Json:
        session = self.ledger.find("checkout.session", session_id)
        if session is None or self._current(session)["status"] != "open":
            raise NotPayable(session_id)
        return session


def _completed(session: Json) -> Json:
    return {"status": "complete", "url": None, "customer_details": _details(session)}


def _details(session: Json) -> Json:
    return {"address": None, "email": session["customer_email"], "name": None, "phone": None}


def _is_waiting(session: Json) -> bool:
    return bool(session["status"] == "complete" and session["payment_status"] == "unpaid")
