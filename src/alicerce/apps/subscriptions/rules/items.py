"""What more, less or other options cost within a period. Pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import LineKind, Period
from alicerce.apps.catalog.types import Item
from alicerce.apps.subscriptions.rules.changing import LONGEST, Span
from alicerce.apps.subscriptions.types import ItemKind, NewDiscount, NewItem
from alicerce.apps.subscriptions.types.changes import ChangeLine


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry of a change: so much more, or less, of each whole period."""

    words: str
    cents: int


def with_options(items: Sequence[NewItem], picked: Sequence[Item]) -> list[NewItem]:
    """What was picked in the place of what was had of the same option; nothing of it, and it is gone.

    More or less of the same keeps the price it was sold for; what is new has the price of today.
    """
    had = {item.option_id: item for item in items if item.option_id}
    said = {item.option_id: _adopted(_same(had, item), item) for item in picked}
    kept = [said.pop(item.option_id, item) if item.option_id else item for item in items]
    return [item for item in [*kept, *said.values()] if item.quantity]


def with_units(items: Sequence[NewItem], quantity: int) -> list[NewItem]:
    """So many of the plan, each at the price that it was sold for."""
    return [
        replace(item, quantity=quantity) if item.kind == ItemKind.PLAN else item
        for item in items
    ]


def differences(old: Sequence[NewItem], new: Sequence[NewItem]) -> list[Difference]:
    """Of the same choice only the difference counts; another choice gives back one and asks for the other."""
    before, after = _by_choice(old), _by_choice(new)
    keys = [*before, *(key for key in after if key not in before)]
    pairs = [(before.get(key), after.get(key)) for key in keys]
    return [_difference(one, other) for one, other in pairs if one != other]


def lines_of_items(
    old: Sequence[NewItem],
    new: Sequence[NewItem],
    spans: Sequence[Span],
    standing: Sequence[int],
    discount: NewDiscount | None,
) -> tuple[ChangeLine, ...]:
    """One entry for each difference and period that is invoiced; what does not change is left alone.

    What is given back of a period is never more than what its invoices stand for.
    """
    changed = differences(old, new)
    return tuple(
        line
        for span, stands in zip(spans, standing, strict=True)
        for line in _within(changed, span, stands, discount if span.off else None)
    )


def _within(
    changed: Sequence[Difference], span: Span, stands: int, discount: NewDiscount | None
) -> Iterator[ChangeLine]:
    left = max(stands, 0)
    fraction = billing.fraction_left(span.whole, span.left.starts_on)
    for each in sorted(changed, key=lambda one: one.cents):
        cents = _less_coupon(abs(each.cents), discount)
        owed = billing.prorated(cents, fraction)
        if each.cents < 0:
            owed = min(owed, left)
            left -= owed
        yield _line(each, span.left, owed)


def _line(each: Difference, days: Period, cents: int) -> ChangeLine:
    if each.cents < 0:
        return ChangeLine(LineKind.CREDIT, each.words, days, -cents)
    return ChangeLine(LineKind.DEBIT, each.words, days, cents)


def _less_coupon(cents: int, discount: NewDiscount | None) -> int:
    """A percentage is of whatever is bought; cents were taken off once, and stay as they are."""
    if discount is None or discount.percent_bp is None:
        return cents
    (off,) = billing.percentage_discount(Fraction(discount.percent_bp, 10_000), [cents])
    return cents - off


def _adopted(had: NewItem | None, picked: Item) -> NewItem:
    if had is not None and had.choice_id == picked.choice_id:
        return replace(had, quantity=picked.quantity)
    return NewItem(
        ItemKind.OPTION,
        picked.name[:LONGEST],
        picked.quantity,
        picked.unit.cents,
        picked.option_id,
        picked.choice_id,
    )


def _same(had: dict[UUID, NewItem], picked: Item) -> NewItem | None:
    return had.get(picked.option_id) if picked.option_id else None


def _by_choice(items: Sequence[NewItem]) -> dict[object, NewItem]:
    return {
        (item.option_id, item.choice_id, item.unit_cents): item
        for item in items
        if item.option_id or item.kind == ItemKind.PLAN
    }


def _difference(old: NewItem | None, new: NewItem | None) -> Difference:
    one = new or old
    assert one, "one of them is there"
    more = (new.quantity if new else 0) - (old.quantity if old else 0)
    words = f"{abs(more)} × {one.description}" if abs(more) > 1 else one.description
    return Difference(words[:LONGEST], more * one.unit_cents)
