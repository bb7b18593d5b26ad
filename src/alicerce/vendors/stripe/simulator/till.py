"""Where sessions turn into payment intents, subscriptions and invoices, paid or not."""

from collections.abc import Callable
from datetime import datetime

from alicerce.vendors.stripe.simulator.balance import Balance
from alicerce.vendors.stripe.simulator.ledger import Ledger
from alicerce.vendors.stripe.simulator.objects import (
    Json,
    listed,
    new_customer,
    new_id,
    new_intent,
    seconds,
)
from alicerce.vendors.stripe.simulator.post import Post
from alicerce.vendors.stripe.simulator.subscriptions import new_invoice, new_subscription

# What was asked for with a session and does not show on it.
REQUEST = "session_request"


class Till:
    def __init__(
        self,
        *,
        ledger: Ledger,
        post: Post,
        balance: Balance,
        livemode: bool,
        clock: Callable[[], datetime],
    ) -> None:
        self._ledger, self._post, self._balance = ledger, post, balance
        self._livemode, self._clock = livemode, clock

    def begin(self, session: Json) -> Json:
        """The payer pressed the button. Returns what changes in the session."""
        asked = self._ledger.get(REQUEST, session["id"])
        metadata, due = asked["metadata"], session | {"fee": asked.get("fee")}
        if session["mode"] == "payment":
            intent = self._intent(due, session["customer"], metadata)
            return {"payment_intent": intent["id"]}
        return self._subscribe(due, metadata)

    def take(self, session: Json, kind: str) -> Json:
        """The money came."""
        if session["mode"] == "payment":
            self._capture(self._ledger.get("payment_intent", session["payment_intent"]))
        else:
            self._activate(self._ledger.get("subscription", session["subscription"]))
        paid = self._ledger.save(session | {"payment_status": "paid"})
        self._post.tell(kind, paid)
        return paid

    def give_up(self, session: Json) -> Json:
        """The money will not come."""
        if session["payment_intent"]:
            intent = self._ledger.get("payment_intent", session["payment_intent"])
            failed = self._ledger.save(intent | {"status": "requires_payment_method"})
            self._post.tell("payment_intent.payment_failed", failed)
        self._post.tell("checkout.session.async_payment_failed", session)
        return session

    def renew(self, subscription: Json) -> Json:
        latest = self._ledger.get("invoice", subscription["latest_invoice"])
        (before,) = latest["payments"]["data"]
        paid = self._ledger.get("payment_intent", before["payment"]["payment_intent"])
        due = {
            "amount_total": latest["total"],
            "currency": latest["currency"],
            "fee": paid.get("application_fee_amount"),
        }
        intent = self._intent(due, subscription["customer"], {})
        invoice = self._invoice(subscription, intent, "subscription_cycle")
        return self._pay_invoice(invoice)

    def _subscribe(self, session: Json, metadata: Json) -> Json:
        at, livemode = self._clock(), self._livemode
        customer = session["customer"] or self._customer(session["customer_email"])
        subscription = new_subscription(
            self._ledger.get(REQUEST, session["id"])["lines"],
            currency=session["currency"],
            customer=customer,
            metadata=metadata,
            at=at,
            livemode=livemode,
        )
        intent = self._intent(session, customer, {})
        invoice = self._invoice(subscription, intent, "subscription_create")
        return {
            "customer": customer,
            "subscription": subscription["id"],
            "invoice": invoice["id"],
        }

    def _customer(self, email: str | None) -> str:
        made = new_customer(email, at=self._clock(), livemode=self._livemode)
        return str(self._ledger.save(made)["id"])

    def _intent(self, due: Json, customer: str | None, metadata: Json) -> Json:
        intent = new_intent(
            due["amount_total"],
            currency=due["currency"],
            customer=customer,
            metadata=metadata,
            at=self._clock(),
            livemode=self._livemode,
        )
        return self._ledger.save(intent | {"application_fee_amount": due.get("fee")})

    def _invoice(self, subscription: Json, intent: Json, reason: str) -> Json:
        invoice = new_invoice(subscription, intent, reason=reason, at=self._clock())
        self._ledger.save(subscription | {"latest_invoice": invoice["id"]})
        return self._ledger.save(invoice)

    def _activate(self, subscription: Json) -> None:
        active = self._ledger.save(subscription | {"status": "active"})
        self._post.tell("customer.subscription.created", active)
        self._pay_invoice(self._ledger.get("invoice", subscription["latest_invoice"]))

    def _pay_invoice(self, invoice: Json) -> Json:
        (payment,) = invoice["payments"]["data"]
        intent_id = payment["payment"]["payment_intent"]
        self._capture(self._ledger.get("payment_intent", intent_id))
        settled = payment | {"status": "paid", "amount_paid": invoice["total"]}
        paid = self._ledger.save(
            invoice
            | {
                "status": "paid",
                "amount_paid": invoice["total"],
                "amount_remaining": 0,
                "payments": listed([settled], "/v1/invoice_payments"),
                "status_transitions": invoice["status_transitions"]
                | {"paid_at": seconds(self._clock())},
            }
        )
        self._post.tell("invoice.paid", paid)
        return paid

    def _capture(self, intent: Json) -> None:
        charged = {"amount_received": intent["amount"], "latest_charge": new_id("ch")}
        captured = self._ledger.save(intent | charged | {"status": "succeeded"})
        self._balance.earn(captured)
        self._post.tell("payment_intent.succeeded", captured)
