"""Stripe's disputes: what a card's bank says of a payment, and the money that moves for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alicerce.kernel.money import Money
from alicerce.vendors.stripe.wire import read_time

LONGEST_FIELD, LONGEST_EVIDENCE = 20_000, 150_000
"""Characters that Stripe takes, of one field and of them all."""
EVIDENCE_FIELDS = (
    "access_activity_log",
    "billing_address",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "uncategorized_text",
)
"""Those that are text; the others are uploaded files."""


@dataclass(frozen=True, slots=True)
class BalanceMove:
    """Money that left the balance for a dispute, below zero, or came back; and its fee."""

    id: str
    amount: Money
    fee: Money
    created: datetime


@dataclass(frozen=True, slots=True)
class Dispute:
    """`metadata` is its payment's: a dispute of its own carries none of our marks."""

    id: str
    status: str
    reason: str
    amount: Money
    payment_intent: str | None
    due_by: datetime | None
    submissions: int
    created: datetime
    livemode: bool
    moves: tuple[BalanceMove, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


def read_dispute(said: Mapping[str, Any]) -> Dispute:
    intent, details = said.get("payment_intent"), said.get("evidence_details") or {}
    expanded = intent if isinstance(intent, Mapping) else {}
    due_by = details.get("due_by")
    return Dispute(
        id=said["id"],
        status=said["status"],
        reason=said.get("reason") or "general",
        amount=Money(said["amount"], said["currency"].upper()),
        payment_intent=expanded["id"] if expanded else intent,
        due_by=read_time(due_by) if due_by else None,
        submissions=int(details.get("submission_count") or 0),
        created=read_time(said["created"]),
        livemode=said["livemode"] is True,
        moves=tuple(_move(one) for one in said.get("balance_transactions") or ()),
        metadata={str(k): str(v) for k, v in (expanded.get("metadata") or {}).items()},
    )


def _move(said: Mapping[str, Any]) -> BalanceMove:
    currency = said["currency"].upper()
    return BalanceMove(
        id=said["id"],
        amount=Money(said["amount"], currency),
        fee=Money(said.get("fee") or 0, currency),
        created=read_time(said["created"]),
    )
