"""What collecting needs of the world: who keeps cards, and who lets their payers' banks be asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from alicerce.apps.billing.ports import GatewayConfig
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.types import AppStep, EndedBy, KeptCard, MandateStatus, PayerBank
from alicerce.apps.customers.types import CustomerCard
from alicerce.kernel.money import Money


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


@dataclass(frozen=True, slots=True)
class MandateOrder:
    """What to have authorised. The same mandate always gives an equal order."""

    name: str
    contract: str
    location: int | None
    first_txid: str  # of the charge whose payment authorises; empty where none does
    code_txid: str  # of the charge that its code also pays; empty where it pays none
    object: str
    customer: CustomerCard
    starts_on: date
    fixed: Money | None
    floor: Money | None
    asked_at: datetime
    is_in_app: bool = False
    bank: PayerBank | None = None  # what to have it shown at; None once that was done


@dataclass(frozen=True, slots=True)
class Shown:
    """What a payer's bank was asked to show them, as the PSP has it now."""

    name: str
    step: AppStep | None


@dataclass(frozen=True, slots=True)
class Standing:
    """An authorisation as its PSP has it now. Without a status it is as it was."""

    name: str
    status: MandateStatus | None
    code: str = ""
    reason: str = ""
    ended_by: EndedBy | None = None
    shown: Shown | None = None
    is_left: bool = False  # it can be authorised no more, and yet stands at its PSP


class Authorizer(Protocol):
    """A PSP that has Pix Automático. Whatever calls out raises Refusal, Unavailable or Unknown."""

    def make_place(self) -> int:
        """Where an authorisation can be read from. One that stays empty does no harm."""

    def make(self, order: MandateOrder) -> Standing:
        """Never repeated before `find` was asked: the PSP names it, and would name it twice."""

    def find(self, order: MandateOrder) -> Standing | None:
        """By its name, or by its contract while nobody told us the name; None when there is none."""

    def show(self, order: MandateOrder) -> None:
        """Have the payer's bank ask them. Never repeated before `find` said that nothing is shown."""

    def end(self, name: str) -> None:
        """What has ended has ended."""

    def retry(self, txid: str, *, on: date) -> None:
        """Have a debit tried on one more day. Asked again for the same day, it is the same try."""


authorizers: dict[GatewayKind, Callable[[GatewayConfig], Authorizer]] = {}
mandate_names: dict[GatewayKind, Callable[[bytes], tuple[str, ...]]] = {}
"""What to ask about after a notice, by how each provider writes it. Never proof of anything; no one is called."""
