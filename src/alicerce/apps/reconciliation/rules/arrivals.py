"""Which money in the bank is a payout that came short or long. Pure functions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from alicerce.apps.reconciliation.types import Item

EARLY, LATE = timedelta(days=5), timedelta(days=10)
LEAST_GAP_CENTS, GAP_PER_CENT = 500, 2
"""What lies so close to a payout may be it, though nothing says so."""
LEAST_REST_CENTS, REST_PER_CENT = 5_000, 10
"""What a bank may have kept; beyond, somebody has to ask the bank and not the books."""
NAME, DESCRIPTOR, NEAR = "name", "descriptor", "near"


@dataclass(frozen=True, slots=True)
class Sent:
    """A payout, as far as its arrival needs it."""

    id: UUID
    name: str
    descriptor: str
    cents: int
    on: date


@dataclass(frozen=True, slots=True)
class Off:
    """The lines that say they are a payout, and what they are together."""

    lines: Sequence[Item]

    @property
    def cents(self) -> int:
        return sum(one.cents for one in self.lines)


def why_near(sent: Sent, line: Item) -> str:
    """Why a line of another amount may be the payout; nothing where it may not.

    One that names it is it, whatever the day. The provider's own words want a day that fits and an
    amount that a bank's fee explains; an amount alone, a closer one.
    """
    if line.cents == sent.cents or line.cents <= 0:
        return ""
    if sent.name in line.name:
        return NAME
    if not sent.on - EARLY <= line.on <= sent.on + LATE:
        return ""
    gap = abs(sent.cents - line.cents)
    if sent.descriptor and _says(line, sent.descriptor):
        return DESCRIPTOR if gap <= most_rest(sent.cents) else ""
    return NEAR if gap <= max(LEAST_GAP_CENTS, sent.cents * GAP_PER_CENT // 100) else ""


def most_rest(cents: int) -> int:
    """The largest difference that may be booked as a fee of the bank, and never half of a payout."""
    return min(max(LEAST_REST_CENTS, cents * REST_PER_CENT // 100), cents // 2)


def arrivals_off(sent: Sequence[Sent], lines: Sequence[Item]) -> dict[UUID, Off]:
    """The payouts that came, but not as told. What may be the very amount of one is left alone.

    A provider's words prove a payout only where it is the only one that they may mean.
    """
    exact = [*_exact(sent, lines)]
    arrived, gone = {one for one, _line in exact}, {line for _one, line in exact}
    rest = [line for line in lines if line.id not in gone]
    waiting = [one for one in sent if one.id not in arrived]
    found = {one.id: Off(named) for one in waiting if (named := _named(one, rest))}
    taken = {line.id for off in found.values() for line in off.lines}
    pairs = [*_described([one for one in waiting if one.id not in found], rest)]
    told = [(one, line) for one, line in pairs if line.id not in taken]
    found |= {one.id: Off([line]) for one, line in told if _is_only(one, line, told)}
    cents = {one.id: one.cents for one in waiting}
    return {name: off for name, off in found.items() if off.cents != cents[name]}


def _exact(sent: Sequence[Sent], lines: Sequence[Item]) -> Iterator[tuple[UUID, UUID]]:
    same: dict[int, list[Item]] = defaultdict(list)
    for line in lines:
        same[line.cents].append(line)
    for one in sent:
        for line in same[one.cents]:
            if one.name in line.name or one.on - EARLY <= line.on <= one.on + LATE:
                yield one.id, line.id


def _named(sent: Sent, lines: Sequence[Item]) -> list[Item]:
    return [line for line in lines if line.cents > 0 and sent.name in line.name]


def _described(sent: Sequence[Sent], lines: Sequence[Item]) -> Iterator[tuple[Sent, Item]]:
    words = {one.descriptor for one in sent if one.descriptor}
    saying = {word: [line for line in lines if _says(line, word)] for word in words}
    for one in sent:
        for line in saying.get(one.descriptor, ()):
            if why_near(one, line) == DESCRIPTOR:
                yield one, line


def _says(line: Item, descriptor: str) -> bool:
    return descriptor.casefold() in line.name.casefold()


def _is_only(sent: Sent, line: Item, pairs: Sequence[tuple[Sent, Item]]) -> bool:
    same = [(one.id, other.id) for one, other in pairs if one is sent or other is line]
    return same == [(sent.id, line.id)]
