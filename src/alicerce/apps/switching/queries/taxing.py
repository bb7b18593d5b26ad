"""What comes on top of invoices as tax: of ours by the taxes that are written down here, of theirs as they asked for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import LineKind
from alicerce.apps.switching.rules.both import Key, Ours, TaxOf, Theirs
from alicerce.apps.switching.rules.reading.values import Body, cents_or_zero, text
from alicerce.apps.taxes import public as taxes
from alicerce.apps.taxes.types import Manner, TaxesAhead

Group = tuple[UUID, date, str]


@dataclass(frozen=True, slots=True)
class Added:
    """What an invoice there asks for on top of its items."""

    cents: int
    currency: str
    words: str
    customer_id: UUID | None


@dataclass
class _Asked:
    """The taxes of both sides on what a customer is asked for on one day."""

    keys: list[Key] = field(default_factory=list)
    theirs: dict[int, Added] = field(default_factory=dict)


def added_by(
    invoice: int, body: Body, currency: str, customer_id: UUID | None
) -> dict[int, Added]:
    """What was added on top of the items; within them it is no difference."""
    tax = cents_or_zero(body, "tax") + cents_or_zero(body, "tax2")
    words = f"{text(body, 'taxrate')} %"
    return {invoice: Added(tax, currency, words, customer_id)} if tax else {}


def taxes_of(
    ours: Mapping[Key, Ours],
    theirs: Mapping[Key, Theirs],
    added: Mapping[int, Added],
    *,
    days_ahead: int,
) -> tuple[list[TaxOf], bool]:
    """Invoice by invoice; and whether any tax comes on top here."""
    groups = _groups(ours, theirs, added)
    taken = {invoice for asked in groups.values() for invoice in asked.theirs}
    ahead = _ahead(ours)
    adds = any(card.spec.manner == Manner.ADDED for card in ahead.book.cards)
    found = [
        _tax(group, asked, _cents(group, asked.keys, ours, ahead, days_ahead) if adds else 0)
        for group, asked in groups.items()
    ]
    others = [
        TaxOf(
            one.customer_id,
            one.currency,
            theirs_cents=one.cents,
            invoices=(invoice,),
            words=one.words,
        )
        for invoice, one in added.items()
        if invoice not in taken
    ]
    return [*found, *others], adds


def _groups(
    ours: Mapping[Key, Ours], theirs: Mapping[Key, Theirs], added: Mapping[int, Added]
) -> dict[Group, _Asked]:
    """As the billing run asks: one for a customer, a day and a currency. An invoice there is of one of them."""
    groups: dict[Group, _Asked] = defaultdict(_Asked)
    taken: set[int] = set()
    for key, one in ours.items():
        asked = groups[one.customer_id, one.starts_on, one.currency]
        asked.keys.append(key)
        invoice = theirs[key].invoice if key in theirs else 0
        if invoice in added and invoice not in taken:
            taken.add(invoice)
            asked.theirs[invoice] = added[invoice]
    return groups


def _ahead(ours: Mapping[Key, Ours]) -> TaxesAhead:
    customers = {one.customer_id for one in ours.values()}
    prices = {line.price_id for one in ours.values() for line in one.lines if line.price_id}
    since = min((one.starts_on for one in ours.values()), default=date.max)
    return taxes.taxes_ahead(customers, prices, since=since)


def _cents(
    group: Group,
    keys: Sequence[Key],
    ours: Mapping[Key, Ours],
    ahead: TaxesAhead,
    days_ahead: int,
) -> int:
    """Of the day on which it is issued."""
    customer_id, starts_on, _currency = group
    on = starts_on - timedelta(days=days_ahead)
    levying = billing.levied_from(
        lines=[line for key in keys for line in ours[key].lines],
        payer=ahead.payer(customer_id, on),
        book=ahead.book,
        on=on,
    )
    return sum(line.total.cents for line in levying.lines if line.kind == LineKind.TAX)


def _tax(group: Group, asked: _Asked, cents: int) -> TaxOf:
    customer_id, starts_on, currency = group
    theirs = asked.theirs
    return TaxOf(
        customer_id,
        currency,
        frozenset(asked.keys),
        starts_on,
        ours_cents=cents,
        theirs_cents=sum(one.cents for one in theirs.values()),
        invoices=tuple(theirs),
        words=next((one.words for one in theirs.values()), ""),
    )
