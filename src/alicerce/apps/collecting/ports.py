"""What collecting needs of the world: a provider that keeps cards, and shows pages about them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from alicerce.apps.billing.ports import GatewayConfig
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.types import KeptCard
from alicerce.apps.customers.types import CustomerCard


@dataclass(frozen=True, slots=True)
class PageOrder:
    """Which page of the provider to open, for whom, and where it leads back to."""

    visit_id: UUID
    payer: str
    return_url: str
    locale: str


@dataclass(frozen=True, slots=True)
class PageOpened:
    url: str
    until: datetime | None = None


class Vault(Protocol):
    """Cards at one account of a provider. Whatever calls out raises Refusal, Unavailable or Unknown."""

    def open_payer(self, customer: CustomerCard) -> str:
        """Become somebody for whom cards are kept; their name there. Asked again, it is the same."""

    def open_page(self, order: PageOrder) -> PageOpened:
        """A page to type a card on. The same order gives the same page."""

    def open_portal(self, order: PageOrder) -> PageOpened:
        """The provider's own page about this payer, for minutes."""

    def cards(self, payer: str) -> tuple[KeptCard, ...]:
        """All that are kept for them now, oldest first."""

    def forget(self, card: str) -> None:
        """Keep it no more. One that is not kept is forgotten already."""

    def forget_payer(self, payer: str) -> None:
        """Know them no more, nor any card of theirs. Who is not known is forgotten already."""

    def payers_in(self, raw: bytes) -> tuple[str, ...]:
        """Whose cards to look at after a notice. Never proof of anything."""

    def payer_of_page(self, page: str) -> str:
        """Who paid on a page of the provider and had their card kept there; empty when nobody did."""


vaults: dict[GatewayKind, Callable[[GatewayConfig], Vault]] = {}
