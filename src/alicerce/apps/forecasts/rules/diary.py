"""What is still to come in a customer's story, in order, and what came out so far."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from alicerce.apps.dunning.types import LadderSpec
from alicerce.apps.forecasts.rules.book import Book, World
from alicerce.apps.forecasts.rules.owed import Owed
from alicerce.apps.forecasts.types import Happening, HappeningKind
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.taxes.types import TaxesAhead

NIGHT, LADDER, CARD, HAND = range(4)
"""What comes first of one moment: the night's run, the ladder, cards, people."""

Deed = Callable[[datetime], None]
Repricing = Callable[[subscriptions.Due], subscriptions.Due]


@dataclass(slots=True)
class Diary:
    """The state of a story: only rules write in it, and nothing of it is in a database."""

    book: Book
    world: World
    ladder: LadderSpec
    taxes: TaxesAhead
    reprice: Repricing | None = None
    wallet: dict[str, int] = field(default_factory=dict)
    owed: list[Owed] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    coming: list[tuple[datetime, int, int, Deed]] = field(default_factory=list)
    counted: int = 0

    @property
    def shelf(self) -> subscriptions.Shelf:
        return self.book.shelf

    def plan(self, at: datetime, rank: int, deed: Deed) -> None:
        """What would be after the last day is not told."""
        if at <= self.world.ends_at:
            self.counted += 1
            heapq.heappush(self.coming, (at, rank, self.counted, deed))

    def next(self) -> tuple[datetime, Deed] | None:
        if not self.coming:
            return None
        at, _rank, _place, deed = heapq.heappop(self.coming)
        return at, deed

    def write(
        self,
        kind: HappeningKind,
        at: datetime,
        *,
        what: str = "",
        step: str = "",
        invoice: Owed | None = None,
        subscription_id: UUID | None = None,
        cents: int = 0,
    ) -> None:
        self.happenings.append(
            Happening(
                at,
                self.world.day(at),
                kind,
                what,
                step,
                invoice.ref if invoice else "",
                subscription_id,
                cents,
                invoice.currency if invoice and cents else "",
            )
        )

    def mail(
        self, template: str, at: datetime, *, invoice: Owed | None = None, step: str = ""
    ) -> None:
        self.write(HappeningKind.MAIL, at, what=template, step=step, invoice=invoice)

    def services_of(self, invoice: Owed) -> list[subscriptions.Kept]:
        """What the invoice is for and can still be suspended or ended."""
        own = (self.shelf.kept.get(id_) for id_ in invoice.services)
        return [one for one in own if one and one.is_live]

    def others(self, invoice: Owed) -> Iterator[Owed]:
        return (one for one in self.owed if one is not invoice and one.is_open)

    def held_elsewhere(self, subscription_id: UUID, invoice: Owed) -> bool:
        """By another invoice of theirs, also by one that nobody believes in any more."""
        if any(subscription_id in one.holds for one in self.others(invoice)):
            return True
        known = {one.invoice_id for one in self.owed}
        beside = (w for id_, w in self.book.walking.items() if id_ not in known)
        return any(subscription_id in walk.holds for walk in beside)

    def late_elsewhere(self, invoice: Owed) -> set[UUID]:
        late = [one.services for one in self.others(invoice) if one.is_overdue]
        known = {one.invoice_id for one in self.owed}
        late += [
            self.book.services.get(id_, ())
            for id_, walk in self.book.walking.items()
            if walk.is_overdue and id_ not in known
        ]
        return {id_ for own in late for id_ in own}
