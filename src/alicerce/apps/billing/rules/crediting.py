"""How a credit note is shared out: first what is still asked for, then what was paid already."""

from collections.abc import Mapping, Sequence

from alicerce.apps.billing.types.corrections import Credited
from alicerce.kernel.money import Money


class TooMuch(ValueError):
    """More than the invoice, or one of its lines, has left to take back."""


def shares(*, amount: Money, remaining: Money) -> tuple[Money, Money]:
    """What the invoice asks for less, and what goes back to the customer."""
    relieved = min(amount, remaining)
    return relieved, amount - relieved


def less_discounts(left_of_lines: Mapping[int, int]) -> list[Credited]:
    """All of these lines: what is below zero among them, a coupon, is taken off the others in their order."""
    off, wanted = -sum(cents for cents in left_of_lines.values() if cents < 0), []
    for position, cents in left_of_lines.items():
        if cents <= 0:
            continue
        less = min(off, cents)
        off -= less
        if cents > less:
            wanted.append(Credited(cents - less, position))
    return wanted


def amount_of(
    wanted: Sequence[Credited], *, creditable: Money, left_of_lines: Mapping[int, int]
) -> Money:
    """The sum that is wanted. Raises TooMuch."""
    total = sum(one.cents for one in wanted)
    if not wanted or any(one.cents <= 0 for one in wanted) or total > creditable.cents:
        raise TooMuch
    for position in {one.position for one in wanted if one.position is not None}:
        asked = sum(one.cents for one in wanted if one.position == position)
        if asked > left_of_lines.get(position, 0):
            raise TooMuch
    return Money(total, creditable.currency)
