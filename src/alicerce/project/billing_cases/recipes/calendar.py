"""Where periods begin and end: anchors, billing days, time zones, renewals."""

import re
from datetime import date, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from alicerce.apps.billing.rules.periods import (
    Schedule,
    Step,
    anniversary,
    edge,
    first_moment,
    local_date,
    next_edge,
    period,
    period_containing,
    periods_from,
    renewal_starts_on,
)
from alicerce.apps.billing.rules.proration import fraction_left, prorated
from alicerce.apps.billing.types import Period
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.changes import schedule_of
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe

LONGEST = 1200  # periods that anybody looks at
TODAY = date(2026, 6, 20)  # of a case that speaks of today
LISTS = ("invoice_starts", "period_starts", "starts", "edges", "due_dates", "billing_dates")
NEXT = ("next_due", "next_due_date", "next_period_start", "next_billing_date", "period_end")
STEPS = {Step(months=1): "1 month", Step(months=3): "1 quarter", Step(months=12): "1 year"}
ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
RUNNING = ("active", "grace", "past_due")


@recipe("calendar", "anchor")
def from_an_anchor(given: Given, asked: Asked) -> Answers:
    """As many periods as the case writes down, with the last day in them or the one after it."""
    anchor, step = _anchor(given), given.step("interval")
    schedule = schedule_of(given, anchor, step)
    number = max((len(one) for one in asked.values() if isinstance(one, list)), default=0)
    found = list(islice(periods_from(schedule, anchor), max(number, 1)))
    return {
        "periods": _as_they_are_written(asked.get("periods"), found),
        **dict.fromkeys(LISTS, _starts(anchor, found)),
        **dict.fromkeys(("period_ends", "ends"), tuple(one.ends_on for one in found)),
        **dict.fromkeys(NEXT, found[0].ends_on),
        "first_period": found[0],
        "period_days": [one.days for one in found],
        **_on_a_day(given, schedule),
    }


@recipe("calendar", "zone", "anchor")
def over_the_clock(given: Given, asked: Asked) -> Answers:
    """The clocks change, the local days do not: each edge is asked back from its moment."""
    zone, anchor, step = given.value("zone"), _anchor(given), given.step("interval")
    schedule = schedule_of(given, anchor, step)
    number = min(given.cents("months", 12), LONGEST)
    found = [period(schedule, n) for n in range(number)]
    days = {local_date(first_moment(one.starts_on, zone), zone).day for one in found}
    answers: Answers = {}
    if len(days) == 1:
        name = _ordinal(days.pop())
        answers["every_period"] = f"{name} to {name}"
    if given.has_price():
        price, _ = given.price()
        answers |= {"every_amount": price, **_repairs(asked, price, schedule)}
    return answers


@recipe("calendar", "zone", "trial_days")
def after_a_trial(given: Given, asked: Asked) -> Answers:
    """The local date of the order counts, not that of the server."""
    zone = str(given.value("zone"))
    ordered = _ordered_on(given, zone)
    first = ordered + timedelta(days=given.cents("trial_days"))
    answers: Answers = {"ordered_on": ordered, "trial_ends": first, "billed_on": first}
    if given.has_price():
        price, step = given.price()
        answers["amount"] = price
    else:
        step = given.step("interval")
    schedule = anniversary(first, step)
    answers["first_recurring_period"] = period(schedule, 0)
    answers["next_due"] = edge(schedule, 1)
    return answers


def _edge_after(on: date, anchor: date, step: Step) -> date:
    return period_containing(anniversary(anchor, step), on).ends_on


@recipe("calendar", "zone", "instant")
def of_an_instant(given: Given, asked: Asked) -> Answers:
    on = local_date(values.moment(given.value("instant")), str(given.value("zone")))
    return dict.fromkeys(("local_date", "date", "billed_on"), on)


@recipe("calendar", "expires")
def renewal(given: Given, asked: Asked) -> Answers:
    """A service that runs keeps its day; one that stood still begins again today (decision 34)."""
    step = given.step("interval")
    due, today = _relative(given.value("expires")), TODAY
    for name in ("today", "paid_on"):
        if given.has(name):
            today = given.day(name)
    answers: Answers = {}
    for suspended, name in ((False, "service_active_or_in_grace"), (True, "service_suspended")):
        begins = renewal_starts_on(due_on=due, suspended=suspended, today=today)
        base = "old due date" if begins == due else "today"
        anchor = given.day("anchor") if given.has("anchor") and begins == due else begins
        following = _edge_after(begins, anchor, step)
        answers["suspended_next_due" if suspended else "active_next_due"] = following
        in_words = str(asked.get(name, "")).startswith("new due date")
        words = f"new due date = {base} + {STEPS.get(step, step)}"
        answers[name] = words if in_words else following
    if given.has("status"):
        running = given.text("status") in RUNNING
        answers["next_due"] = answers["active_next_due" if running else "suspended_next_due"]
    return answers


@recipe("calendar", "due", "interval", without=("anchor", "start", "expires"))
def after_a_due_day(given: Given, asked: Asked) -> Answers:
    """Paid before its day or after it, what runs is renewed from that day."""
    due, step = given.day("due"), given.step("interval")
    paid = given.day("paid_on") if given.has("paid_on") else due
    begins = renewal_starts_on(due_on=due, suspended=False, today=paid)
    anchor = given.day("anchor") if given.has("anchor") else begins
    return dict.fromkeys(NEXT, _edge_after(begins, anchor, step))


@recipe("calendar", "to", "on")
def from_free(given: Given, asked: Asked) -> Answers:
    """What was free has no period to keep: the first one begins on the day of the change."""
    given.value("from")
    begins = given.day("on")
    first = period(anniversary(begins, given.step("to")), 0)
    return {**dict.fromkeys(NEXT, first.ends_on), "first_period": first, "period": first}


@recipe("calendar", "start", "interval", without=("anchor", "expires"))
def from_a_start(given: Given, asked: Asked) -> Answers:
    start, step = given.day("start"), given.step("interval")
    schedule = schedule_of(given, start, step)
    number = given.cents("periods", 1)
    listed = max((len(one) for one in asked.values() if isinstance(one, list)), default=1)
    found = list(islice(periods_from(schedule, start), listed))
    return {
        "periods": _as_they_are_written(asked.get("periods"), found),
        **dict.fromkeys(LISTS, _starts(start, found)),
        **dict.fromkeys(NEXT, next_edge(schedule, start)),
        **dict.fromkeys(("end", "date", "expires_on"), edge(schedule, number)),
    }


@recipe("calendar", "start", "periods", without=("interval",))
def steps_ahead(given: Given, asked: Asked) -> Answers:
    """`{thirty_days: …, calendar_month: …}`: so many steps of the kind that the key names."""
    start, number = given.day("start"), given.cents("periods")
    answers: Answers = {}
    for name in asked:
        try:
            answers[name] = edge(anniversary(start, values.step(name)), number)
        except ValueError:
            continue
    return answers


def _anchor(given: Given) -> date:
    return given.day("anchor")


def _starts(first: date, found: list[Period]) -> list[date]:
    """The first one may be a part: it starts when the service did."""
    return [max(one.starts_on, first) for one in found]


def _on_a_day(given: Given, schedule: Schedule) -> Answers:
    if not given.has("on"):
        return {}
    found = period_containing(schedule, given.day("on"))
    return {"period": found, "current_period": found, **dict.fromkeys(NEXT, found.ends_on)}


def _as_they_are_written(asked: Any, found: list[Period]) -> list[list[date]]:
    """Ends are the last day in the period, or the day after it: as the file's own periods touch."""
    inclusive = True
    if isinstance(asked, list) and len(asked) > 1:
        inclusive = values.day(asked[0][1]) != values.day(asked[1][0])
    elif isinstance(asked, list) and asked:
        inclusive = values.day(asked[0][1]) == found[0].last_day
    return [[one.starts_on, one.last_day if inclusive else one.ends_on] for one in found]


def _repairs(asked: Asked, price: int, schedule: Schedule) -> Answers:
    """`repair_on_cancel_2015_12_01`: what is given back; on an edge there is nothing to give."""
    answers: Answers = {}
    for name in asked:
        found = re.fullmatch(r"\w*_(\d{4})_(\d\d)_(\d\d)", name)
        if found:
            on = date(*(int(part) for part in found.groups()))
            current = period_containing(schedule, on)
            at_edge = on == current.starts_on
            answers[name] = 0 if at_edge else prorated(price, fraction_left(current, on))
    return answers


def _ordered_on(given: Given, zone: str) -> date:
    if given.has("ordered_local"):
        local = values.moment(given.value("ordered_local")).replace(tzinfo=ZoneInfo(zone))
        return local_date(local, zone)
    name = "ordered_at" if given.has("ordered_at") else "start"
    return local_date(values.moment(given.value(name)), zone)


def _relative(written: Any) -> date:
    """`today-10d`, or a date."""
    found = re.fullmatch(r"today\s*([+-]\s*\d{1,5})\s*d(?:ays)?", str(written).strip())
    if found:
        return TODAY + timedelta(days=int(found[1].replace(" ", "")))
    return values.day(written)


def _ordinal(number: int) -> str:
    return f"{number}{ORDINALS.get(number, 'th')}"
