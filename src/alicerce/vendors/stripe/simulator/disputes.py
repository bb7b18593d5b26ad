"""Disputes of a Stripe account: opened by a card's bank, answered by the account, decided by the bank."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from alicerce.vendors.stripe.simulator.balance import Balance
from alicerce.vendors.stripe.simulator.ledger import Ledger
from alicerce.vendors.stripe.simulator.objects import Json, new_id, seconds
from alicerce.vendors.stripe.simulator.post import Post
from alicerce.vendors.stripe.simulator.problems import Problem, invalid

TIME_TO_ANSWER = timedelta(days=9)
FEE_CENTS = 55_00
OVER = {"won", "lost", "warning_closed", "prevented"}
ANSWERABLE = {"needs_response", "warning_needs_response"}
UNDER_REVIEW = {
    "needs_response": "under_review",
    "warning_needs_response": "warning_under_review",
}


class Disputes:
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
        self._ledger, self._post, self._balance = ledger, post, balance
        self._livemode, self._clock, self._lock = livemode, clock, lock

    def open(
        self,
        intent_id: str,
        *,
        amount: int | None = None,
        reason: str = "fraudulent",
        inquiry: bool = False,
    ) -> Json:
        """A card's bank asks for money back; an inquiry asks a question first, and takes nothing."""
        with self._lock:
            intent = self._ledger.get("payment_intent", intent_id)
            if intent["status"] != "succeeded" or self.of(intent_id):
                raise invalid("This payment cannot be disputed.", code="charge_disputed")
            made = self._new(
                intent, amount or intent["amount_received"], reason, inquiry=inquiry
            )
            self._ledger.save(made)
        self._tell("created", made)
        if not inquiry:
            self._tell("funds_withdrawn", made)
        return made

    def escalate(self, dispute_id: str) -> Json:
        """An inquiry that nobody answered well becomes a dispute, and takes the money."""
        with self._lock:
            dispute = self._open(dispute_id)
            taken = {"status": "needs_response", "is_charge_refundable": False}
            moves = {"balance_transactions": [self._take(dispute)]}
            made = self._ledger.save(dispute | taken | moves)
        self._tell("updated", made)
        self._tell("funds_withdrawn", made)
        return made

    def decide(self, dispute_id: str, *, won: bool) -> Json:
        """The bank's last word. Who wins has the money back."""
        with self._lock:
            dispute = self._open(dispute_id)
            has_moved = bool(dispute["balance_transactions"])
            ended = dispute | {"status": "won" if won else "lost"}
            if dispute["status"].startswith("warning"):
                ended["status"] = "warning_closed"
            if won and has_moved:
                back = self._balance.reinstate(dispute)
                ended["balance_transactions"] = [*dispute["balance_transactions"], back]
            self._ledger.save(ended)
        self._tell("closed", ended)
        if won and has_moved:
            self._tell("funds_reinstated", ended)
        return ended

    def update(self, dispute_id: str, params: Mapping[str, Any]) -> Json:
        """Evidence is kept; unless told otherwise it goes to the bank at once. Raises Problem."""
        with self._lock:
            dispute = self._ledger.get("dispute", dispute_id)
            if dispute["status"] not in ANSWERABLE or self._is_late(dispute):
                raise _closed(dispute)
            details, status = dispute["evidence_details"], dispute["status"]
            evidence = dispute["evidence"] | params.get("evidence", {})
            details = {**details, "has_evidence": any(evidence.values())}
            if params.get("submit", "true") == "true":
                details["submission_count"] += 1
                status = UNDER_REVIEW[status]
            changed = {"evidence": evidence, "evidence_details": details, "status": status}
            made = self._ledger.save(dispute | changed)
        self._tell("updated", made)
        return made

    def close(self, dispute_id: str) -> Json:
        """The account gives in. Raises Problem."""
        with self._lock:
            dispute = self._ledger.get("dispute", dispute_id)
            if dispute["status"] not in ANSWERABLE:
                raise _closed(dispute)
            is_inquiry = dispute["status"].startswith("warning")
            over = {"status": "warning_closed" if is_inquiry else "lost"}
            made = self._ledger.save(dispute | over)
        self._tell("closed", made)
        return made

    def of(self, intent_id: str | None) -> Json | None:
        """The dispute of a payment, if it has one."""
        found = [x for x in self._ledger.all("dispute") if x["payment_intent"] == intent_id]
        return found[0] if found else None

    def shown(self, dispute: Json, expand: object) -> Json:
        """With its payment, for who asks for that."""
        if not isinstance(expand, list) or "payment_intent" not in expand:
            return dispute
        intent = self._ledger.get("payment_intent", dispute["payment_intent"])
        return dispute | {"payment_intent": intent}

    def _open(self, dispute_id: str) -> Json:
        dispute = self._ledger.get("dispute", dispute_id)
        if dispute["status"] in OVER:
            raise _closed(dispute)
        return dispute

    def _is_late(self, dispute: Json) -> bool:
        return bool(seconds(self._clock()) > dispute["evidence_details"]["due_by"])

    def _new(self, intent: Json, amount: int, reason: str, *, inquiry: bool) -> Json:
        at = self._clock()
        made: Json = {
            "id": new_id("du"),
            "object": "dispute",
            "amount": amount,
            "balance_transactions": [],
            "charge": intent["latest_charge"],
            "created": seconds(at),
            "currency": intent["currency"],
            "enhanced_eligibility_types": [],
            "evidence": {},
            "evidence_details": {
                "due_by": seconds(at + TIME_TO_ANSWER),
                "enhanced_eligibility": {},
                "has_evidence": False,
                "past_due": False,
                "submission_count": 0,
            },
            "is_charge_refundable": inquiry,
            "livemode": self._livemode,
            "metadata": {},
            "payment_intent": intent["id"],
            "reason": reason,
            "status": "warning_needs_response" if inquiry else "needs_response",
        }
        if not inquiry:
            made["balance_transactions"] = [self._take(made)]
        return made

    def _take(self, dispute: Json) -> Json:
        return self._balance.withdraw(dispute, fee=FEE_CENTS)

    def _tell(self, what: str, dispute: Json) -> None:
        self._post.tell(f"charge.dispute.{what}", dispute)


def _closed(dispute: Json) -> Problem:
    return invalid(f"This dispute is {dispute['status']} and takes no more of this.")
