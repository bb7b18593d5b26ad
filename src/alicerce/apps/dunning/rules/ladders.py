"""Which ladders may be: the one that comes with the program, and what is wrong with another."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from alicerce.apps.dunning.types import (
    ON_SERVICES,
    ONCE,
    LadderSpec,
    Rung,
    StepKind,
    Terms,
)

FIRST_DAY, LAST_DAY = -60, 365
MOST_STEPS = 30
LONGEST_NOTICE = 240
SHORTEST_WINDOW = 4
HOURS_OF_DAY = 24
FEWEST_DAYS_TO_END = 15

SHIPPED = LadderSpec(
    Terms(),
    (
        Rung("letter-7", -7, StepKind.INVOICE),
        Rung("letter-3", -3, StepKind.REMINDER),
        Rung("letter0", 0, StepKind.REMINDER),
        Rung("letter1", 1, StepKind.REMINDER),
        Rung("banner", 1, StepKind.BANNER),
        Rung("letter3", 3, StepKind.REMINDER),
        Rung("suspend_web", 5, StepKind.SUSPEND_WEB),
        Rung("suspend_all", 10, StepKind.SUSPEND_ALL),
        Rung("letter25", 25, StepKind.REMINDER),
        Rung("end", 30, StepKind.END),
    ),
)


class Flaw(str):
    """What is wrong with a ladder, by its code; the words are the reader's."""

    __slots__ = ()


EMPTY = Flaw("empty")
TOO_LONG = Flaw("too_long")
OUT_OF_REACH = Flaw("out_of_reach")
TWO_LETTERS_A_DAY = Flaw("two_letters_a_day")
TWICE = Flaw("twice")
TOO_EARLY = Flaw("too_early")
BACKWARDS = Flaw("backwards")
NO_NOTICE = Flaw("no_notice")
ENDS_TOO_SOON = Flaw("ends_too_soon")
ENDS_UNWARNED = Flaw("ends_unwarned")
INVOICE_LATE = Flaw("invoice_late")
BAD_HOURS = Flaw("bad_hours")
BAD_NOTICE = Flaw("bad_notice")


def flaws(spec: LadderSpec) -> list[Flaw]:
    """Everything that is wrong, so that a person reads it all at once."""
    return [*_of_terms(spec.terms), *_of_steps(spec.in_order), *_of_services(spec)]


def key_of(kind: StepKind, offset_days: int) -> str:
    """The name of a step for good: a letter is its day, what happens once is its kind."""
    return str(kind) if kind in ONCE else f"letter{offset_days}"


def _of_terms(terms: Terms) -> Iterator[Flaw]:
    hours_exist = 0 <= terms.opens < terms.closes <= HOURS_OF_DAY
    if not hours_exist or terms.closes - terms.opens < SHORTEST_WINDOW:
        yield BAD_HOURS
    if not 1 <= terms.notice_hours <= LONGEST_NOTICE:
        yield BAD_NOTICE


def _of_steps(rungs: tuple[Rung, ...]) -> Iterator[Flaw]:
    if not rungs:
        yield EMPTY
    if len(rungs) > MOST_STEPS:
        yield TOO_LONG
    if any(not FIRST_DAY <= rung.offset_days <= LAST_DAY for rung in rungs):
        yield OUT_OF_REACH
    days = Counter(rung.offset_days for rung in rungs if rung.is_letter)
    if any(count > 1 for count in days.values()):
        yield TWO_LETTERS_A_DAY
    kinds = Counter(rung.kind for rung in rungs if rung.kind in ONCE)
    if any(count > 1 for count in kinds.values()):
        yield TWICE
    if any(rung.offset_days < 1 for rung in rungs if rung.kind in ONCE):
        yield TOO_EARLY
    if any(rung.offset_days > 0 for rung in rungs if rung.kind == StepKind.INVOICE):
        yield INVOICE_LATE


def _of_services(spec: LadderSpec) -> Iterator[Flaw]:
    steps = [rung for kind in ON_SERVICES for rung in spec.rungs if rung.kind == kind]
    if any(later.offset_days <= earlier.offset_days for earlier, later in pairwise(steps)):
        yield BACKWARDS
    if steps and not _is_warned(spec, steps[0]):
        yield NO_NOTICE
    if steps and steps[-1].kind == StepKind.END:
        if steps[-1].offset_days < FEWEST_DAYS_TO_END:
            yield ENDS_TOO_SOON
        if len(steps) == 1:
            yield ENDS_UNWARNED


def _is_warned(spec: LadderSpec, first: Rung) -> bool:
    """Whether a letter after the due date leaves the customer the hours that were promised."""
    days = -(-spec.terms.notice_hours // HOURS_OF_DAY)
    return any(
        0 < rung.offset_days <= first.offset_days - days
        for rung in spec.rungs
        if rung.is_letter
    )
