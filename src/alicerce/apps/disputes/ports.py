"""What disputes needs of whoever holds the money: to read a claim, to answer it, to give in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from alicerce.apps.billing.ports import GatewayConfig
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.billing.types.contests import ContestMove
from alicerce.apps.disputes.types import DisputeStatus, Texts
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class ProviderDispute:
    """A dispute as the provider itself told when asked. `submissions` counts what reached the bank."""

    external_id: str
    payment_reference: str
    amount: Money
    status: DisputeStatus
    reason: str
    opened_at: datetime
    respond_by: datetime | None
    submissions: int
    moves: tuple[ContestMove, ...] = ()


class Desk(Protocol):
    """An account at a provider. Whatever calls out raises Refusal, Unavailable or Unknown."""

    def names_in(self, raw: bytes) -> tuple[str, ...]:
        """What to read after a notice. Never proof of anything."""

    def names_since(self, since: datetime) -> Iterator[str]:
        """All that were opened since then."""

    def read(self, name: str) -> ProviderDispute | None:
        """Ask for one; None when it is not there, or not ours."""

    def submit(self, name: str, texts: Texts, *, key: str) -> ProviderDispute:
        """Hand the evidence to the bank. The same key never does it twice."""

    def accept(self, name: str, *, key: str) -> ProviderDispute:
        """Give in. The same key never does it twice."""


desks: dict[GatewayKind, Callable[[GatewayConfig], Desk]] = {}
"""A provider that is not here tells nothing of disputes to programs: people write them down."""
