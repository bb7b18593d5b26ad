"""What Stripe's objects mean to us, in the shapes before and after 2025."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from alicerce.kernel.money import Money


class Garbled(ValueError):
    """Stripe said something that cannot be read."""


DEFAULT_BOLETO_DAYS = 3


@dataclass(frozen=True, slots=True)
class Session:
    """A Checkout Session. Only `payment_status` tells whether money came, never `status`."""

    id: str
    url: str | None
    status: str
    payment_status: str
    amount_total: int | None
    currency: str | None
    payment_intent: str | None
    subscription: str | None
    invoice: str | None
    created: datetime
    expires_at: datetime
    livemode: bool
    metadata: Mapping[str, str] = field(default_factory=dict)
    mode: str = "payment"
    customer: str | None = None
    methods: tuple[str, ...] = ()
    boleto_days: int = DEFAULT_BOLETO_DAYS

    @property
    def amount(self) -> Money | None:
        return _money(self.amount_total, self.currency)


@dataclass(frozen=True, slots=True)
class PaymentIntent:
    id: str
    status: str
    amount: Money
    received: Money
    created: datetime
    livemode: bool
    metadata: Mapping[str, str] = field(default_factory=dict)
    decline: str = ""  # why the last attempt failed, and what Stripe advises: `do_not_honor:try_again_later`
    charge: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    """A subscription's invoice at Stripe. `metadata` is the subscription's own."""

    id: str
    status: str
    due: Money
    paid: Money
    subscription: str | None
    payment_intent: str | None
    billing_reason: str | None
    created: datetime
    livemode: bool
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refund:
    """Money going back to a card. A success may still become a failure, days later."""

    id: str
    status: str
    amount: Money
    payment_intent: str | None
    failure_reason: str | None
    created: datetime
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventHint:
    """What an event says happened. Fetch the object before acting on it."""

    id: str
    type: str
    livemode: bool
    object_id: str
    object_type: str
    created: datetime
    metadata: Mapping[str, str] = field(default_factory=dict)
    customer: str = ""


def read_event(event: Mapping[str, Any]) -> EventHint:
    """Raises Garbled, also for thin events, which carry no object."""
    try:
        about = event["data"]["object"]
        return EventHint(
            id=event["id"],
            type=event["type"],
            livemode=event["livemode"] is True,
            object_id=about.get("id") or "",
            object_type=about["object"],
            created=read_time(event["created"]),
            metadata=_metadata(about),
            customer=_customer_of(event["data"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as trouble:
        raise Garbled("event") from trouble


def read_session(said: Mapping[str, Any]) -> Session:
    return Session(
        id=said["id"],
        url=said.get("url"),
        status=said["status"],
        payment_status=said["payment_status"],
        amount_total=said.get("amount_total"),
        currency=said.get("currency"),
        payment_intent=_id(said.get("payment_intent")),
        subscription=_id(said.get("subscription")),
        invoice=_id(said.get("invoice")),
        created=read_time(said["created"]),
        expires_at=read_time(said["expires_at"]),
        livemode=said["livemode"] is True,
        metadata=_metadata(said),
        mode=said["mode"],
        customer=_id(said.get("customer")),
        methods=tuple(said.get("payment_method_types") or ()),
        boleto_days=_boleto_days(said),
    )


def _boleto_days(said: Mapping[str, Any]) -> int:
    options = (said.get("payment_method_options") or {}).get("boleto") or {}
    return int(options.get("expires_after_days", DEFAULT_BOLETO_DAYS))


def read_payment_intent(said: Mapping[str, Any]) -> PaymentIntent:
    currency = said["currency"].upper()
    return PaymentIntent(
        id=said["id"],
        status=said["status"],
        amount=Money(said["amount"], currency),
        received=Money(said["amount_received"], currency),
        created=read_time(said["created"]),
        livemode=said["livemode"] is True,
        metadata=_metadata(said),
        decline=decline_of(said.get("last_payment_error")),
        charge=_id(said.get("latest_charge")) or "",
    )


def read_invoice(said: Mapping[str, Any]) -> Invoice:
    currency = said["currency"].upper()
    return Invoice(
        id=said["id"],
        status=said["status"],
        due=Money(said["amount_due"], currency),
        paid=Money(said["amount_paid"], currency),
        subscription=_id(
            _subscription_details(said).get("subscription") or said.get("subscription")
        ),
        payment_intent=_invoice_payment(said),
        billing_reason=said.get("billing_reason"),
        created=read_time(said["created"]),
        livemode=said["livemode"] is True,
        metadata=_metadata(said),
    )


def read_refund(said: Mapping[str, Any]) -> Refund:
    return Refund(
        id=said["id"],
        status=said.get("status") or "pending",
        amount=Money(said["amount"], said["currency"].upper()),
        payment_intent=_id(said.get("payment_intent")),
        failure_reason=said.get("failure_reason"),
        created=read_time(said["created"]),
        metadata={str(k): str(v) for k, v in (said.get("metadata") or {}).items()},
    )


def read_time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def decline_of(error: Mapping[str, Any] | None) -> str:
    """The issuer's reason where Stripe tells it, the kind of error where not; then its advice, if any."""
    if not error:
        return ""
    reason = error.get("decline_code") or error.get("code") or error.get("type") or ""
    return ":".join(filter(None, (str(reason), str(error.get("advice_code") or ""))))


def _customer_of(told: Mapping[str, Any]) -> str:
    """Whose object it is; a card taken off its customer tells whose it was."""
    about, before = told["object"], told.get("previous_attributes") or {}
    if about["object"] == "customer":
        return str(about["id"])
    return _id(about.get("customer")) or _id(before.get("customer")) or ""


def _metadata(said: Mapping[str, Any]) -> dict[str, str]:
    """Our marks: an invoice has none of its own and shows those of its subscription."""
    found = said.get("metadata") or _subscription_details(said).get("metadata") or {}
    return {str(key): str(value) for key, value in found.items()}


def _subscription_details(said: Mapping[str, Any]) -> Mapping[str, Any]:
    details = (said.get("parent") or {}).get("subscription_details")
    return details or said.get("subscription_details") or {}


def _invoice_payment(said: Mapping[str, Any]) -> str | None:
    for entry in (said.get("payments") or {}).get("data", ()):
        if found := _id((entry.get("payment") or {}).get("payment_intent")):
            return found
    return _id(said.get("payment_intent"))


def _id(value: Any) -> str | None:
    """An object's id, whether Stripe sent the id or the expanded object."""
    found: str | None = value["id"] if isinstance(value, Mapping) else value
    return found


def _money(cents: int | None, currency: str | None) -> Money | None:
    if cents is None or currency is None:
        return None
    return Money(cents, currency.upper())
