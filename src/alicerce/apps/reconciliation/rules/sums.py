"""Which of several make one amount together. Pure functions, bounded: no search of all subsets."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from alicerce.apps.reconciliation.types import Item, Together

FEW, MOST_FEW, MOST_FOUND = 3, 60, 3
"""Up to three of the sixty that are nearest; of those that fit as well as each other, three are told."""
DAYS, PAYMENTS, SOME = "days", "payments", "few"


def together(items: Sequence[Item], cents: int) -> list[Together]:
    """Whole days first, the fewest first; then whole days without what went back; then some few."""
    incoming = [one for one in items if one.cents > 0]
    found = [
        *_runs(items, cents, DAYS),
        *(_runs(incoming, cents, PAYMENTS) if len(incoming) < len(items) else ()),
    ]
    return found[:MOST_FOUND] if found else some_few(incoming, cents)


def some_few(items: Sequence[Item], cents: int) -> list[Together]:
    """Two, else three, of the first sixty."""
    near = items[:MOST_FEW]
    found = [*_first(_pairs(near, cents))] or [*_first(_triples(near, cents))]
    return [Together(chosen, SOME) for chosen in found]


def _runs(items: Sequence[Item], cents: int, why: str) -> list[Together]:
    """All of the days from one to another: a Monday's line may be a weekend's."""
    ordered = sorted(items, key=lambda one: (one.on, str(one.id)))
    days = [list(of_day) for _, of_day in groupby(ordered, key=lambda one: one.on)]
    found = []
    for first in range(len(days)):
        left = cents
        for last in range(first, len(days)):
            left -= sum(one.cents for one in days[last])
            chosen = [one for day in days[first : last + 1] for one in day]
            if left == 0 and len(chosen) > 1:
                found.append((last - first, Together(chosen, why)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _pairs(items: Sequence[Item], cents: int, *, since: int = 0) -> Iterator[tuple[Item, ...]]:
    places = _places(items)
    for first in range(since, len(items)):
        same = places[cents - items[first].cents]
        for second in same[bisect_right(same, first) :]:
            yield items[first], items[second]


def _triples(items: Sequence[Item], cents: int) -> Iterator[tuple[Item, ...]]:
    for first, one in enumerate(items):
        rest = _pairs(items, cents - one.cents, since=first + 1)
        yield from ((one, *pair) for pair in rest)


def _places(items: Sequence[Item]) -> dict[int, list[int]]:
    places: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(items):
        places[one.cents].append(place)
    return places


def _first(found: Iterator[tuple[Item, ...]]) -> list[tuple[Item, ...]]:
    return [one for _, one in zip(range(MOST_FOUND), found, strict=False)]
