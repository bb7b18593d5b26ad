"""Refunds of a Stripe account: never more than was captured, done at once unless told to wait."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from alicerce.vendors.stripe.simulator.balance import Balance
from alicerce.vendors.stripe.simulator.fees import FEE_BACK
from alicerce.vendors.stripe.simulator.ledger import Ledger
from alicerce.vendors.stripe.simulator.objects import Json, new_id, seconds
from alicerce.vendors.stripe.simulator.post import Post
from alicerce.vendors.stripe.simulator.problems import Problem, invalid, missing

GONE = {"failed", "canceled"}


class Refunds:
    def __init__(
        self,
        *,
        ledger: Ledger,
        post: Post,
        balance: Balance,
        livemode: bool,
        clock: Callable[[], datetime],
        lock: AbstractContextManager[bool],
    ) -> None:
        self.waits = False
        """Whether refunds stay pending until `settle` says what became of them."""
        self._ledger, self._post, self._balance = ledger, post, balance
        self._livemode, self._clock, self._lock = livemode, clock, lock

    def create(self, params: Mapping[str, Any]) -> Json:
        """Raises Problem."""
        with self._lock:
            intent = self._captured(params)
            left = intent["amount_received"] - self._gone(intent)
            amount = int(params.get("amount", left))
            if not left:
                raise invalid("Charge has been refunded.", code="charge_already_refunded")
            if amount > left:
                raise invalid(
                    f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
                    param="amount",
                )
            made = self._ledger.save(self._new(intent, amount, params))
            if params.get("refund_application_fee") == "true":
                self._ledger.save({"object": FEE_BACK, "id": made["id"]})
            self._move({"status": "pending"}, made)
        self._tell("refund.created", made, intent)
        return made

    def settle(self, refund_id: str, *, succeeded: bool = True) -> Json:
        """The card's bank answers; a refund that had succeeded may come back failed."""
        with self._lock:
            refund = self._ledger.get("refund", refund_id)
            over = {"status": "succeeded" if succeeded else "failed"}
            why = {} if succeeded else {"failure_reason": "expired_or_canceled_card"}
            ended = self._ledger.save(refund | over | why)
            self._move(refund, ended)
        intent = self._ledger.get("payment_intent", refund["payment_intent"])
        self._tell("refund.updated" if succeeded else "refund.failed", ended, intent)
        return ended

    def _move(self, before: Json, after: Json) -> None:
        """What became of a refund moves the balance: it leaves once, and may come back."""
        if "succeeded" == after["status"] != before["status"]:
            intent = self._ledger.get("payment_intent", after["payment_intent"])
            with_fee = self._ledger.find(FEE_BACK, after["id"]) is not None
            self._balance.give_back(after, intent, with_fee=with_fee)
        elif before["status"] == "succeeded" and after["status"] in GONE:
            self._balance.take_back(after)

    def _captured(self, params: Mapping[str, Any]) -> Json:
        if "payment_intent" in params:
            intent = self._ledger.get("payment_intent", params["payment_intent"])
        else:
            every = self._ledger.all("payment_intent")
            found = [one for one in every if one["latest_charge"] == params["charge"]]
            if not found:
                raise missing("charge", params["charge"])
            intent = found[0]
        if intent["status"] != "succeeded":
            raise _uncaptured(intent)
        every = self._ledger.all("dispute")
        own = [one for one in every if one["payment_intent"] == intent["id"]]
        if any(not one["is_charge_refundable"] and one["status"] != "won" for one in own):
            raise invalid("This charge has been charged back.", code="charge_disputed")
        return intent

    def _gone(self, intent: Json) -> int:
        every = self._ledger.all("refund")
        own = [one for one in every if one["payment_intent"] == intent["id"]]
        return sum(one["amount"] for one in own if one["status"] not in GONE)

    def _new(self, intent: Json, amount: int, params: Mapping[str, Any]) -> Json:
        return {
            "id": new_id("re"),
            "object": "refund",
            "amount": amount,
            "balance_transaction": None,
            "charge": intent["latest_charge"],
            "created": seconds(self._clock()),
            "currency": intent["currency"],
            "destination_details": {"card": {"type": "refund"}, "type": "card"},
            "livemode": self._livemode,
            "metadata": params.get("metadata", {}),
            "payment_intent": intent["id"],
            "reason": params.get("reason"),
            "receipt_number": None,
            "source_transfer_reversal": None,
            "status": "pending" if self.waits else "succeeded",
            "transfer_reversal": None,
        }

    def _tell(self, kind: str, refund: Json, intent: Json) -> None:
        self._post.tell(kind, refund)
        if refund["status"] == "succeeded":
            self._post.tell("charge.refunded", self._charge(intent))

    def _charge(self, intent: Json) -> Json:
        gone = self._gone(intent)
        return {
            "id": intent["latest_charge"],
            "object": "charge",
            "amount": intent["amount"],
            "amount_refunded": gone,
            "currency": intent["currency"],
            "livemode": self._livemode,
            "metadata": intent["metadata"],
            "payment_intent": intent["id"],
            "refunded": gone == intent["amount_received"],
            "status": "succeeded",
        }


def _uncaptured(intent: Json) -> Problem:
    return invalid(
        f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
        code="payment_intent_unexpected_state",
    )
