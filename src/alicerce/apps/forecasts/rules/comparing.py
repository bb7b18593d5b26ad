"""Two stories of one book beside each other: what both tell is told once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from alicerce.apps.forecasts.rules.book import Told
from alicerce.apps.forecasts.types import Happening, Side, ToldInvoice

T = TypeVar("T", ToldInvoice, Happening)


@dataclass(frozen=True, slots=True)
class Sided:
    """Rows with the book that they are of."""

    invoices: Sequence[tuple[Side, ToldInvoice]]
    happenings: Sequence[tuple[Side, Happening]]


def alone(base: Told) -> Sided:
    """Nothing would be different: what is told is told of both."""
    return Sided(
        [(Side.BOTH, one) for one in base.invoices],
        [(Side.BOTH, one) for one in base.happenings],
    )


def beside(base: Told, changed: Told) -> Sided:
    return Sided(
        list(_sides(base.invoices, changed.invoices)),
        list(_sides(base.happenings, changed.happenings)),
    )


def _sides(base: Sequence[T], changed: Sequence[T]) -> Iterator[tuple[Side, T]]:
    left = Counter(changed)
    for one in base:
        if left[one]:
            left[one] -= 1
            yield Side.BOTH, one
        else:
            yield Side.BASE, one
    for one in changed:
        if left[one] > 0:
            left[one] -= 1
            yield Side.CHANGED, one
