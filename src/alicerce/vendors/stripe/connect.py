"""Accounts of others under a platform's account at Stripe (Connect), and what is done in their name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alicerce.kernel.money import Money
from alicerce.vendors.stripe.outcomes import outcomes
from alicerce.vendors.stripe.reading import PAGE_SIZE, each
from alicerce.vendors.stripe.wire import read_time

WHOLE, FIXED_IN = 10_000, "BRL"
CAPABILITIES = ("card_payments", "transfers")
"""Asked for together: Stripe gives neither alone to who is paid directly."""
CONTROLLER: Mapping[str, Any] = {
    "fees": {"payer": "account"},
    "losses": {"payments": "stripe"},
    "requirement_collection": "stripe",
    "stripe_dashboard": {"type": "full"},
}
"""The account is its owner's: they pay Stripe's fees, answer to Stripe, and have Stripe's own pages."""


@dataclass(frozen=True, slots=True)
class Behalf:
    """In whose name calls are made, and what of each payment is the platform's."""

    account: str
    fee_basis_points: int = 0
    gives_fee_back: bool = True
    fee_fixed_cents: int = 0
    fee_most_basis_points: int = WHOLE
    """Of the whole fee: what is fixed would eat up a small payment."""

    def fee_of(self, amount: Money) -> int:
        """In cents, rounded down: never more than was agreed to. What is fixed is said in one currency."""
        fixed = self.fee_fixed_cents if amount.currency == FIXED_IN else 0
        asked = amount.cents * self.fee_basis_points // WHOLE + fixed
        return min(asked, amount.cents * self.fee_most_basis_points // WHOLE)

    def on_payment(self, amount: Money) -> dict[str, Any]:
        fee = self.fee_of(amount)
        return {"application_fee_amount": fee} if fee else {}

    def on_subscription(self, amount: Money) -> dict[str, Any]:
        """Of each of its invoices; there Stripe knows a part only, and rounds by itself."""
        points = self.fee_basis_points
        if self.fee_fixed_cents and amount.cents:
            points = self.fee_of(amount) * WHOLE // amount.cents
        percent = f"{points // 100}.{points % 100:02}"
        return {"application_fee_percent": percent} if points else {}

    def on_refund(self) -> dict[str, Any]:
        gives = (self.fee_basis_points or self.fee_fixed_cents) and self.gives_fee_back
        return {"refund_application_fee": True} if gives else {}


@dataclass(frozen=True, slots=True)
class ConnectedAccount:
    """What Stripe says of an account. `due` are codes of what its owner still has to tell or show."""

    id: str
    charges_enabled: bool
    payouts_enabled: bool
    details_submitted: bool
    due: tuple[str, ...] = ()
    disabled_reason: str = ""
    due_by: datetime | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccountLink:
    """A page where the owner tells Stripe who they are. It opens once, within minutes."""

    url: str
    expires_at: datetime


class Connecting:
    """Raises Refusal, Unavailable or Unknown, as the client it is a part of."""

    _api: Any

    def create_account(
        self, *, country: str, email: str, metadata: Mapping[str, str], idempotency_key: str
    ) -> ConnectedAccount:
        """The same key and arguments give the same account, for a day at least."""
        params: Any = {
            "country": country,
            "controller": dict(CONTROLLER),
            "capabilities": {name: {"requested": True} for name in CAPABILITIES},
            "metadata": dict(metadata),
            **({"email": email} if email else {}),
        }
        with outcomes():
            made = self._api.accounts.create(params, {"idempotency_key": idempotency_key})
            return read_account(made.to_dict())

    def get_account(self, account: str) -> ConnectedAccount:
        """Refused with 403 once its owner took our access away."""
        with outcomes():
            return read_account(self._api.accounts.retrieve(account).to_dict())

    def list_accounts(self, *, created_gte: datetime) -> Iterator[ConnectedAccount]:
        """Newest first."""
        params: Any = {"limit": PAGE_SIZE, "created": {"gte": int(created_gte.timestamp())}}
        return each(lambda: self._api.accounts.list(params), read_account)

    def create_account_link(
        self, account: str, *, refresh_url: str, return_url: str
    ) -> AccountLink:
        """A new link each time: the one before goes on to the refresh address."""
        params: Any = {
            "account": account,
            "refresh_url": refresh_url,
            "return_url": return_url,
            "type": "account_onboarding",
            "collection_options": {"fields": "eventually_due"},
        }
        with outcomes():
            made = self._api.account_links.create(params)
            return AccountLink(str(made.url), read_time(made.expires_at))


def read_account(said: Mapping[str, Any]) -> ConnectedAccount:
    needs = said.get("requirements") or {}
    due = [*(needs.get("past_due") or ()), *(needs.get("currently_due") or ())]
    return ConnectedAccount(
        id=said["id"],
        charges_enabled=said.get("charges_enabled") is True,
        payouts_enabled=said.get("payouts_enabled") is True,
        details_submitted=said.get("details_submitted") is True,
        due=tuple(dict.fromkeys(map(str, due))),
        disabled_reason=needs.get("disabled_reason") or "",
        due_by=read_time(by) if (by := needs.get("current_deadline")) else None,
        metadata={str(k): str(v) for k, v in (said.get("metadata") or {}).items()},
    )
