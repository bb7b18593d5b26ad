"""What reconciliation needs of the world: what a provider itself says of the money that went through it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from alicerce.apps.billing.ports import GatewayConfig, ProviderPayment, ProviderRefund
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.reconciliation.types import MovementKind, PayoutStatus, ToldStatus
from alicerce.kernel.money import Money

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """A movement at a provider, in its own words. Amounts of payments and refunds are above zero.

    `net` is what it did to what the provider holds for us: a payment's less its fee, a refund's
    below zero. `platform` is what of the fee is not the provider's own. The payment or refund in it is what billing books, once, when it is missing.
    """

    kind: MovementKind
    external_id: str
    reference: str
    amount: Money
    fee: int
    net: int
    status: ToldStatus
    happened_at: datetime
    payment_reference: str = ""
    payment: ProviderPayment | None = None
    refund: ProviderRefund | None = None
    platform: int = 0


@dataclass(frozen=True, slots=True)
class ToldPayout:
    """Money on its way from the provider to a bank."""

    external_id: str
    amount: Money
    status: PayoutStatus
    made_at: datetime
    arrives_on: date
    descriptor: str
    failure: str
    lists_parts: bool


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """A page, and where the next one begins; nowhere, after the last."""

    rows: Sequence[T]
    after: str


class Statement(Protocol):
    """What an account says when asked. Whatever calls out raises Refusal, Unavailable or Unknown."""

    def movements(self, since: datetime, until: datetime, after: str) -> Sheet[Told]:
        """A page of what moved then and is ours; of a refund as it is now."""

    def payouts(self, since: datetime, after: str) -> Sheet[ToldPayout]:
        """A page of what began its way to the bank since; nothing where money is paid out at once."""

    def parts(self, payout_id: str, after: str) -> Sheet[Told]:
        """A page of the movements that a payout is made of, whosever they are."""

    def find_payment(self, reference: str) -> Told | None:
        """The payment of that name as it is now; None when the provider knows of none."""

    def find_refund(self, reference: str, payment_reference: str) -> Told | None:
        """The refund of that name as it is now; None when the provider knows of none."""


statements: dict[GatewayKind, Callable[[GatewayConfig], Statement]] = {}
