"""Customers of a Stripe account, the cards it keeps for them, and charging those without their owner."""

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from alicerce.vendors.stripe.simulator.balance import Balance
from alicerce.vendors.stripe.simulator.fees import asked_fee
from alicerce.vendors.stripe.simulator.ledger import Ledger
from alicerce.vendors.stripe.simulator.objects import (
    Json,
    new_customer,
    new_id,
    new_intent,
    new_payment_method,
    new_portal,
)
from alicerce.vendors.stripe.simulator.plastic import CARDS, GOOD, error_of
from alicerce.vendors.stripe.simulator.post import Post
from alicerce.vendors.stripe.simulator.problems import declined, invalid, missing

TEMPER = "card_temper"
"""What the bank will say the next time that a card is charged."""
CANCELABLE = {"requires_payment_method", "requires_action", "requires_confirmation"}


class Vault:
    def __init__(
        self,
        *,
        ledger: Ledger,
        post: Post,
        balance: Balance,
        livemode: bool,
        clock: Callable[[], datetime],
        lock: AbstractContextManager[bool] | None = None,
    ) -> None:
        self.waits = False
        """Whether charges stay on their way until `settle` says what became of them."""
        self._ledger, self._post, self._balance = ledger, post, balance
        self._livemode, self._clock = livemode, clock
        self._lock = lock or threading.RLock()

    def create_customer(self, params: Mapping[str, Any]) -> Json:
        made = new_customer(params.get("email"), at=self._clock(), livemode=self._livemode)
        told = {"name": params.get("name"), "metadata": params.get("metadata", {})}
        return self._ledger.save(made | told)

    def delete_customer(self, customer: str) -> Json:
        """Only its name stays, marked as gone; the cards kept for it are kept no more."""
        for card in self.cards(customer):
            self.detach(card["id"])
        known = self._ledger.get("customer", customer)
        gone = {"id": customer, "object": "customer", "deleted": True}
        self._ledger.save(gone | {"created": known["created"]})
        self._post.tell("customer.deleted", known)
        return gone

    def keep(self, customer: str, number: str = GOOD) -> Json:
        """Somebody typed a card and agreed to have it kept. Raises Problem when its bank refuses it."""
        self._customer(customer)
        plastic = CARDS[number]
        if plastic.refused:
            raise declined(error_of(plastic.refused))
        kept = new_payment_method(
            customer,
            brand=plastic.brand,
            last4=number[-4:],
            at=self._clock(),
            livemode=self._livemode,
        )
        self._ledger.save(kept)
        self.spoil(kept["id"], plastic.declines)
        self._post.tell("payment_method.attached", kept)
        return kept

    def cards(self, customer: str) -> list[Json]:
        """Newest first."""
        self._customer(customer)
        return [
            one for one in self._ledger.all("payment_method") if one["customer"] == customer
        ]

    def detach(self, card_id: str) -> Json:
        card = self._ledger.get("payment_method", card_id)
        if not card["customer"]:
            raise invalid("The payment method is not attached to a customer.")
        freed = self._ledger.save(card | {"customer": None})
        self._post.tell("payment_method.detached", freed, before={"customer": card["customer"]})
        return freed

    def spoil(self, card_id: str, decline: str, *, advice: str = "") -> None:
        """From now on its bank declines the card; with no reason, it is good again."""
        self._ledger.save(
            {"object": TEMPER, "id": card_id, "decline": decline, "advice": advice}
        )

    def reissue(self, card_id: str, *, month: int, year: int) -> Json:
        """Its bank sent a new card of the same account, and the network told Stripe."""
        card = self._ledger.get("payment_method", card_id)
        printed = card["card"] | {"exp_month": month, "exp_year": year}
        renewed = self._ledger.save(card | {"card": printed})
        self._post.tell("payment_method.automatically_updated", renewed)
        return renewed

    def charge(self, params: Mapping[str, Any]) -> Json:
        """Raises Problem: a declined card names the intent, which stays on record."""
        with self._lock:
            card = self._card_of(params)
            intent = self._intent(params)
            if self.waits:
                return intent
            temper = self._ledger.find(TEMPER, card["id"]) or {}
            if decline := temper.get("decline"):
                raise declined(self._fail(intent, card, decline, temper["advice"]))
            return self._capture(intent)

    def settle(self, intent_id: str, *, decline: str = "") -> Json:
        """The bank answers about a charge that was on its way."""
        with self._lock:
            intent = self._ledger.get("payment_intent", intent_id)
            if not decline:
                return self._capture(intent)
            card = self._ledger.get("payment_method", intent["payment_method"])
            failed: Json = self._fail(intent, card, decline, "")["payment_intent"]
            return failed

    def cancel(self, intent_id: str) -> Json:
        with self._lock:
            intent = self._ledger.get("payment_intent", intent_id)
            if intent["status"] not in CANCELABLE:
                raise invalid(
                    f"You cannot cancel this PaymentIntent: it is {intent['status']}.",
                    code="payment_intent_unexpected_state",
                )
            canceled = self._ledger.save(intent | {"status": "canceled"})
        self._post.tell("payment_intent.canceled", canceled)
        return canceled

    def open_portal(self, params: Mapping[str, Any], *, url: str) -> Json:
        self._customer(params["customer"])
        return new_portal(params, url=url, at=self._clock(), livemode=self._livemode)

    def _customer(self, customer: str) -> Json:
        found = self._ledger.find("customer", customer)
        if found is None:
            raise missing("customer", customer)
        return found

    def _card_of(self, params: Mapping[str, Any]) -> Json:
        self._customer(params["customer"])
        card = self._ledger.get("payment_method", params["payment_method"])
        if card["customer"] != params["customer"]:
            raise invalid("The payment method does not belong to the Customer.")
        return card

    def _intent(self, params: Mapping[str, Any]) -> Json:
        made = new_intent(
            int(params["amount"]),
            currency=params["currency"],
            customer=params["customer"],
            metadata=params.get("metadata", {}),
            at=self._clock(),
            livemode=self._livemode,
        )
        told = {
            "payment_method": params["payment_method"],
            "description": params.get("description"),
            "application_fee_amount": asked_fee(params, self._ledger, made["amount"]),
        }
        return self._ledger.save(made | told)

    def _capture(self, intent: Json) -> Json:
        charged = {"amount_received": intent["amount"], "latest_charge": new_id("ch")}
        captured = self._ledger.save(intent | charged | {"status": "succeeded"})
        self._balance.earn(captured)
        self._post.tell("payment_intent.succeeded", captured)
        return captured

    def _fail(self, intent: Json, card: Json, decline: str, advice: str) -> Json:
        error = error_of(decline, advice=advice)
        left = {"status": "requires_payment_method", "payment_method": None}
        failed = self._ledger.save(
            intent | left | {"last_payment_error": error | {"payment_method": card}}
        )
        self._post.tell("payment_intent.payment_failed", failed)
        return error | {"payment_intent": failed}
