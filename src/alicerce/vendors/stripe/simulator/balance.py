"""The balance of a Stripe account: what each movement left of it, and what is paid out to the bank."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from alicerce.vendors.stripe.simulator.fees import FEE, Collector
from alicerce.vendors.stripe.simulator.ledger import Ledger
from alicerce.vendors.stripe.simulator.objects import Json, new_id, seconds
from alicerce.vendors.stripe.simulator.post import Post
from alicerce.vendors.stripe.simulator.problems import invalid

TRANSACTION, PAYOUT = "balance_transaction", "payout"
PAID_OUT = "_payout"
"""By which a movement remembers its payout; Stripe tells it by a filter only."""
FEE_PERCENT_OF_A_CENT, FEE_CENTS = 399, 39
AVAILABLE_AFTER = timedelta(days=2)


class Balance:
    def __init__(
        self,
        *,
        ledger: Ledger,
        post: Post,
        livemode: bool,
        clock: Callable[[], datetime],
        lock: AbstractContextManager[bool],
        collector: Collector | None = None,
    ) -> None:
        self._ledger, self._post, self._collector = ledger, post, collector
        self._livemode, self._clock, self._lock = livemode, clock, lock

    def earn(self, intent: Json) -> Json:
        """A payment was captured; its fee stays with Stripe."""
        amount = intent["amount_received"]
        fee = (amount * FEE_PERCENT_OF_A_CENT + 5_000) // 10_000 + FEE_CENTS
        ours = self._collector.collect(intent) if self._collector else 0
        charge, currency = intent["latest_charge"], intent["currency"]
        return self.move("charge", amount, charge, currency, fee, platform=ours)

    def give_back(self, refund: Json, intent: Json, *, with_fee: bool = False) -> Json:
        back = 0
        if with_fee and self._collector:
            back = self._collector.give_back(refund, intent)
        gone, currency = -refund["amount"], refund["currency"]
        return self.move("refund", gone, refund["id"], currency, platform=-back)

    def take_back(self, refund: Json) -> Json:
        """A refund that had left came back."""
        return self.move("refund_failure", refund["amount"], refund["id"], refund["currency"])

    def withdraw(self, dispute: Json, *, fee: int) -> Json:
        """A card's bank takes its customer's money back, until it has decided."""
        return self._adjust(dispute, -dispute["amount"], "dispute", fee=fee)

    def reinstate(self, dispute: Json) -> Json:
        return self._adjust(dispute, dispute["amount"], "dispute_reversal")

    def pay_out(self, currency: str = "brl", *, short: int = 0) -> Json:
        """All that is not paid out yet begins its way to the bank, `short` of so many cents.

        Raises Problem where there is nothing.
        """
        with self._lock:
            waiting = self._waiting(currency)
            amount = sum(one["net"] for one in waiting) - short
            if amount <= 0:
                raise invalid("You have insufficient funds in your Stripe account.")
            payout = self._ledger.save(self._new_payout(amount, currency))
            left = self.move("payout", -amount, payout["id"], currency)
            for one in [*waiting, left]:
                self._ledger.save(one | {PAID_OUT: payout["id"]})
            payout = self._ledger.save(payout | {"balance_transaction": left["id"]})
        self._post.tell("payout.created", payout)
        return payout

    def arrive(self, payout_id: str, *, succeeded: bool = True) -> Json:
        """The bank has it, or sends it back: some do so days after they had it. The next takes it along."""
        with self._lock:
            payout = self._ledger.get(PAYOUT, payout_id)
            if payout["status"] == "failed":
                raise invalid("This payout has failed.")
            if succeeded:
                ended = payout | {"status": "paid"}
            else:
                ended = payout | {"status": "failed", "failure_code": "account_closed"}
                back = payout["amount"]
                moved = self.move("payout_failure", back, payout_id, payout["currency"])
                ended |= {"failure_balance_transaction": moved["id"]}
            self._ledger.save(ended)
        self._post.tell("payout.paid" if succeeded else "payout.failed", ended)
        return ended

    def payouts(self) -> list[Json]:
        """Newest first."""
        return self._ledger.all(PAYOUT)

    def page(self, kind: str, params: Mapping[str, Any]) -> tuple[list[Json], bool]:
        narrowed = {"source": params.get("source"), PAID_OUT: params.get("payout")}
        having = {name: str(value) for name, value in narrowed.items() if value}
        items, more = self._ledger.page(kind, params, **having)
        shows = "data.source" in params.get("expand", ())
        return [self._shown(one, expanded=shows) for one in items], more

    def _shown(self, thing: Json, *, expanded: bool) -> Json:
        shown = {name: value for name, value in thing.items() if name != PAID_OUT}
        return shown | {"source": self._source(thing)} if expanded else shown

    def _source(self, thing: Json) -> Any:
        kinds = {
            "charge": self._charge,
            "payout": self._payout,
            "payout_failure": self._payout,
            "adjustment": self._dispute,
            "application_fee": self._fee,
            "application_fee_refund": self._fee,
        }
        return kinds.get(thing["type"], self._refund)(thing["source"])

    def _payout(self, payout_id: str) -> Json:
        return self._ledger.get(PAYOUT, payout_id)

    def _refund(self, refund_id: str) -> Json:
        return self._ledger.get("refund", refund_id)

    def _fee(self, fee_id: str) -> Json:
        return self._ledger.get(FEE, fee_id)

    def _dispute(self, dispute_id: str) -> Json:
        return self._ledger.get("dispute", dispute_id)

    def _charge(self, charge_id: str) -> Json:
        every = self._ledger.all("payment_intent")
        (intent,) = [one for one in every if one["latest_charge"] == charge_id]
        return {
            "id": charge_id,
            "object": "charge",
            "amount": intent["amount"],
            "currency": intent["currency"],
            "livemode": self._livemode,
            "metadata": intent["metadata"],
            "payment_intent": intent["id"],
            "status": "succeeded",
        }

    def _waiting(self, currency: str) -> list[Json]:
        every = self._ledger.all(TRANSACTION)
        own = [one for one in every if one["currency"] == currency and PAID_OUT not in one]
        return [one for one in own if one["type"] != "payout"]

    def _adjust(self, dispute: Json, amount: int, category: str, fee: int = 0) -> Json:
        """At once, not in some days."""
        moved = self.move("adjustment", amount, dispute["id"], dispute["currency"], fee)
        at_once = {"available_on": moved["created"], "status": "available"}
        return self._ledger.save(moved | at_once | {"reporting_category": category})

    def move(
        self,
        kind: str,
        amount: int,
        source: str,
        currency: str,
        fee: int = 0,
        *,
        platform: int = 0,
    ) -> Json:
        """The fee is Stripe's; what is the platform's besides comes on top."""
        at, total = self._clock(), fee + platform
        parts = (("stripe_fee", fee), ("application_fee", platform))
        return self._ledger.save(
            {
                "id": new_id("txn"),
                "object": TRANSACTION,
                "amount": amount,
                "available_on": seconds(at + AVAILABLE_AFTER),
                "balance_type": "payments",
                "created": seconds(at),
                "currency": currency,
                "description": None,
                "exchange_rate": None,
                "fee": total,
                "fee_details": [
                    _fee(cents, currency, whose) for whose, cents in parts if cents
                ],
                "net": amount - total,
                "reporting_category": kind,
                "source": source,
                "status": "pending",
                "type": kind,
            }
        )

    def _new_payout(self, amount: int, currency: str) -> Json:
        at = self._clock()
        return {
            "id": new_id("po"),
            "object": PAYOUT,
            "amount": amount,
            "application_fee": None,
            "application_fee_amount": None,
            "arrival_date": seconds(at + AVAILABLE_AFTER),
            "automatic": True,
            "balance_transaction": None,
            "created": seconds(at),
            "currency": currency,
            "description": "STRIPE PAYOUT",
            "destination": new_id("ba"),
            "failure_balance_transaction": None,
            "failure_code": None,
            "failure_message": None,
            "livemode": self._livemode,
            "metadata": {},
            "method": "standard",
            "original_payout": None,
            "reconciliation_status": "completed",
            "reversed_by": None,
            "source_type": "card",
            "statement_descriptor": "STRIPE",
            "status": "in_transit",
            "type": "bank_account",
        }


def _fee(fee: int, currency: str, whose: str) -> Json:
    return {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Stripe processing fees" if whose == "stripe_fee" else None,
        "type": whose,
    }
