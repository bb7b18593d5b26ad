"""What a story is told of: a customer's book as it was copied, and the world around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.billing import public as billing
from alicerce.apps.collecting import public as collecting
from alicerce.apps.dunning import public as dunning
from alicerce.apps.dunning.types import LadderSpec, OverrideCard
from alicerce.apps.forecasts.types import Assumption, Happening, ToldInvoice
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.taxes.types import TaxesAhead

NOON = time(12)


@dataclass(frozen=True, slots=True)
class World:
    """What is the same for all customers."""

    zone: ZoneInfo
    begins_at: datetime
    ends_at: datetime
    assumption: Assumption
    money: billing.MoneyRules
    plans: Mapping[UUID, UUID] = field(default_factory=dict)  # by price

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def moment(self, day: date, hour: time = time(0)) -> datetime:
        return datetime.combine(day, hour, self.zone).astimezone(ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class Book:
    """All of one customer that decides what is to come."""

    customer_id: UUID
    shelf: subscriptions.Shelf
    ladder: LadderSpec
    taxes: TaxesAhead
    override: OverrideCard | None = None
    debts: Sequence[billing.Debt] = ()
    wallet: Mapping[str, int] = field(default_factory=dict)
    services: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)  # by invoice
    walking: Mapping[UUID, dunning.Walking] = field(default_factory=dict)  # by invoice
    cards: Sequence[collecting.CardAhead] = ()
    is_willing: bool = True
    next_at: Mapping[UUID, datetime | None] = field(default_factory=dict)
    failures: Mapping[UUID, int] = field(default_factory=dict)
    paid_after: Sequence[int] = ()

    def copied(self) -> "Book":
        """To tell another story of: what is kept changes as it is told."""
        return replace(self, shelf=self.shelf.copied())


@dataclass(frozen=True, slots=True)
class Told:
    """A customer's story."""

    invoices: Sequence[ToldInvoice]
    happenings: Sequence[Happening]
