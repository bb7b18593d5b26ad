"""What Stripe's balance says: each movement with its fee, and each payout to a bank."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from alicerce.vendors.stripe.wire import read_time


@dataclass(frozen=True, slots=True)
class BalanceTransaction:
    """A movement of the balance, in cents of its currency; what leaves is below zero.

    `net` is the amount less the fee, of which a part may be a platform's. The source is what moved it: a
    charge, a refund, a payout.
    """

    id: str
    type: str
    amount: int
    fee: int
    net: int
    currency: str
    created: datetime
    available_on: datetime
    status: str
    source: str
    source_status: str
    payment_intent: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    platform_fee: int = 0


@dataclass(frozen=True, slots=True)
class Payout:
    """Money on its way from the balance to a bank. Only an automatic one says of what it is made."""

    id: str
    amount: int
    currency: str
    status: str
    created: datetime
    arrives_on: date
    automatic: bool
    descriptor: str
    failure: str


def read_balance_transaction(said: Mapping[str, Any]) -> BalanceTransaction:
    source = said.get("source")
    about = source if isinstance(source, Mapping) else {"id": source}
    return BalanceTransaction(
        id=said["id"],
        type=said["type"],
        amount=said["amount"],
        fee=said["fee"],
        net=said["net"],
        currency=said["currency"].upper(),
        created=read_time(said["created"]),
        available_on=read_time(said["available_on"]),
        status=said["status"],
        source=about.get("id") or "",
        source_status=about.get("status") or "",
        payment_intent=_id(about.get("payment_intent")),
        metadata={str(k): str(v) for k, v in (about.get("metadata") or {}).items()},
        platform_fee=_of_platform(said.get("fee_details") or ()),
    )


def read_payout(said: Mapping[str, Any]) -> Payout:
    return Payout(
        id=said["id"],
        amount=said["amount"],
        currency=said["currency"].upper(),
        status=said["status"],
        created=read_time(said["created"]),
        arrives_on=read_time(said["arrival_date"]).date(),
        automatic=said["automatic"] is True,
        descriptor=said.get("statement_descriptor") or "",
        failure=said.get("failure_code") or "",
    )


def _of_platform(parts: Iterable[Mapping[str, Any]]) -> int:
    return sum(one["amount"] for one in parts if one["type"] == "application_fee")


def _id(said: Any) -> str:
    found = said.get("id") if isinstance(said, Mapping) else said
    return str(found or "")
