"""Kept cards and what they are about to be charged for, copied to go on with apart from the book."""

from collections import defaultdict
from collections.abc import Collection as Many
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.collecting.models import Attempt, Autopay, Card, Collection
from alicerce.apps.collecting.types import BY_ITSELF


@dataclass(frozen=True, slots=True)
class CardAhead:
    """A card that is kept. Only the default one is charged, unless its bank wants no more of it."""

    id: UUID
    expires_on: date
    is_default: bool
    is_refused: bool
    is_told: bool

    def pays_on(self, day: date) -> bool:
        return self.is_default and not self.is_refused and self.expires_on >= day


@dataclass(frozen=True, slots=True)
class CardBook:
    """The cards of customers who may be charged by themselves, and which invoices wait for one.

    `failures` says how often the card of an invoice was refused already.
    """

    cards: dict[UUID, list[CardAhead]] = field(default_factory=dict)
    unwilling: frozenset[UUID] = frozenset()
    next_at: dict[UUID, datetime | None] = field(default_factory=dict)
    failures: dict[UUID, int] = field(default_factory=dict)


def card_book(customer_ids: Many[UUID]) -> CardBook:
    cards: dict[UUID, list[CardAhead]] = defaultdict(list)
    for row in Card.objects.kept().filter(customer_id__in=customer_ids).order_by("id"):
        cards[row.customer_id].append(
            CardAhead(
                row.id,
                row.expires_on,
                row.is_default,
                bool(row.refused),
                row.warned_at is not None,
            )
        )
    off = Autopay.objects.filter(customer_id__in=customer_ids, is_on=False)
    waiting = Collection.objects.filter(customer_id__in=customer_ids, ended_at__isnull=True)
    next_at = dict(waiting.values_list("invoice_id", "next_at"))
    failed = Attempt.objects.failed().filter(
        invoice_id__in=list(next_at), trigger__in=BY_ITSELF
    )
    failures: dict[UUID, int] = defaultdict(int)
    for invoice_id in failed.values_list("invoice_id", flat=True):
        failures[invoice_id] += 1
    return CardBook(
        cards, frozenset(off.values_list("customer_id", flat=True)), next_at, failures
    )
