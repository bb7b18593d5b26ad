"""Parts of periods: leading, trailing, cut at edges, and months of thirty days."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from alicerce.apps.billing.rules.periods import (
    Part,
    Schedule,
    anniversary,
    cut,
    edge,
    first_part,
    on_billing_day,
    share,
    thirty_day_days,
)
from alicerce.apps.billing.rules.proration import prorated
from alicerce.apps.billing.types import DayCount, Period
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.changes import day_count, schedule_of
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe

PARTS = ("leading", "full", "trailing")
YEARS = (2010, 2011)  # of a case that names no dates; one of them precedes a leap year's edge


@recipe("proration", "start", "end", "interval", without=("old", "new", "tax_pct"))
def cut_at_edges(given: Given, asked: Asked) -> Answers:
    """A life from its first to its last day: a leading part, whole periods, a trailing part."""
    step = given.step("interval")
    stretch = Period(given.day("start"), given.day("end"))
    return _answers(given, cut(schedule_of(given, stretch.starts_on, step), stretch))


@recipe("proration", "start", "billing_day", without=("end", "old", "new"))
def leading(given: Given, asked: Asked) -> Answers:
    """From the start to the customer's own day; a whole period when they are the same day."""
    start, step = given.day("start"), given.step("interval")
    schedule = schedule_of(given, start, step)
    part = first_part(schedule, start)
    return {
        **_answers(given, (part,)),
        "first_period": part.span,
        "leading_days": part.span.days,
        **dict.fromkeys(
            ("next_due", "next_period_start", "first_full_period_start"), part.span.ends_on
        ),
    }


@recipe("proration", "from", "to", without=("old", "new"))
def cut_between(given: Given, asked: Asked) -> Answers:
    stretch, step = Period(given.day("from"), given.day("to")), given.step("interval")
    anchor = given.day("anchor") if given.has("anchor") else stretch.starts_on
    return _answers(given, cut(schedule_of(given, anchor, step), stretch))


@recipe("proration", "daily", "start", "end")
def by_the_day(given: Given, asked: Asked) -> Answers:
    """The last day counts as used, like that of a termination."""
    used = Period(given.day("start"), given.day("end") + timedelta(days=1))
    return {
        **dict.fromkeys(("days", "billed_days", "used_days"), used.days),
        **dict.fromkeys(("amount", "total", "fee"), used.days * given.cents("daily")),
    }


@recipe("proration", "range", without=("old", "new"))
def cut_a_range(given: Given, asked: Asked) -> Answers:
    stretch, step = given.period("range"), given.step("interval")
    anchor = given.day("anchor") if given.has("anchor") else stretch.starts_on
    return _answers(given, cut(schedule_of(given, anchor, step), stretch))


@recipe("proration", "billing_day", "interval", without=("start", "end", "range", "anchor"))
def parts_by_days(given: Given, asked: Asked) -> Answers:
    """No dates, only how many days the parts have: the year that our rules divide like that, if any."""
    step, billing_day = given.step("interval"), given.cents("billing_day")
    for first in (date(year, month, 1) for year in YEARS for month in (1, 2, 3)):
        schedule = on_billing_day(first, billing_day, step)
        answers = _answers(given, cut(schedule, _life(asked, schedule)))
        if all(_as_written(asked.get(name, answers[name]), answers[name]) for name in PARTS):
            return answers
    return answers


@recipe("proration", "from_day", "to_day_next_month")
def thirty_days(given: Given, asked: Asked) -> Answers:
    """The option of months of thirty days; our default counts real days (decision 34)."""
    first, second = given.cents("from_day"), given.cents("to_day_next_month")
    there, back = _thirty(first, 1, second, 2), _thirty(second, 1, first, 1)
    return {
        "fraction": there,
        "fraction_dec": there,
        f"reverse_{second}_to_{first}_dec": back,
        f"reverse_{second}_to_{first}": back,
        "months_tested": asked.get("months_tested") if _alike(first, second, there) else [],
    }


@recipe("proration", "start", "periods", without=("old", "new"))
def periods_ahead(given: Given, asked: Asked) -> Answers:
    """So many steps of each kind that is asked for."""
    start, number = given.day("start"), given.cents("periods")
    answers: Answers = {}
    for name in [*asked, *(["interval"] if given.has("interval") else [])]:
        try:
            step = given.step("interval") if name == "interval" else values.step(name)
        except ValueError:
            continue
        answers[name] = edge(anniversary(start, step), number)
    if "interval" in answers:
        answers |= dict.fromkeys(("end", "next_due", "date"), answers["interval"])
    return answers


@recipe("proration", "period", without=("old", "new", "paid_item", "prices"))
def of_a_period(given: Given, asked: Asked) -> Answers:
    """What a price is worth for what is left of a period, or for days of it."""
    if not given.has_price() or not given.has("on"):
        return {}
    whole, on = given.period("period"), given.day("on")
    price, _ = given.price()
    left = share(Period(on, whole.ends_on), whole, day_count(given))
    return {
        "fraction_left": left,
        **dict.fromkeys(("amount", "credit", "fee"), prorated(price, left)),
    }


def _answers(given: Given, parts: tuple[Part, ...]) -> Answers:
    """Fractions keep the days they were made of: 14/92 says more than 7/46."""
    count = day_count(given)
    fractions = [part.fraction(count) for part in parts]
    whole = [one for one in fractions if one == 1]
    answers: Answers = {
        "fractions": fractions,
        "parts": fractions,
        "segments": [part.span for part in parts],
        "spans": [part.span for part in parts],
        "full": len(whole),
        "total_periods": sum(fractions, Fraction(0)),
        "leading": fractions[0] if fractions[0] != 1 else Fraction(0),
        "trailing": fractions[-1] if fractions[-1] != 1 and len(parts) > 1 else Fraction(0),
    }
    names = ("fraction", "fraction_dec", "periods_dec", "billed_periods", "number_of_periods")
    answers |= dict.fromkeys(names, answers["total_periods"])
    if given.has_price():
        price, _ = given.price()
        amounts = [prorated(price, one) for one in fractions]
        answers |= {"amounts": amounts, "total": sum(amounts), "amount": sum(amounts)}
    return answers


def _life(asked: Asked, schedule: Schedule) -> Period:
    """From as many days before the first edge as the leading part has, to as many after the last."""
    first = edge(schedule, 0) - timedelta(days=_numerator(asked.get("leading")))
    last = edge(schedule, values.cents(asked.get("full", 0)))
    return Period(first, last + timedelta(days=_numerator(asked.get("trailing"))))


def _numerator(written: Any) -> int:
    return int(str(written).partition("/")[0]) if written else 0


def _as_written(expected: Any, got: Any) -> bool:
    try:
        return got is not None and values.fraction(expected) == got
    except ValueError:
        return False


def _thirty(first: int, month: int, second: int, second_month: int) -> Fraction:
    return Fraction(
        thirty_day_days(date(2023, month, first), date(2023, second_month, second)), 30
    )


def _alike(first: int, second: int, fraction: Fraction) -> bool:
    """The same in every month, leap February too."""
    for year in (2023, 2024):
        for month in range(1, 12):
            span = Period(date(year, month, first), date(year, month + 1, second))
            whole = Period(date(year, month, 1), date(year, month + 1, 1))
            if share(span, whole, DayCount.THIRTY) != fraction:
                return False
    return True
