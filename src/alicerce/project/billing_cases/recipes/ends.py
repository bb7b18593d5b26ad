"""How a subscription begins and ends: trials, first parts, terminations and their credit notes."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction

from alicerce.apps.billing.rules.periods import (
    Part,
    Schedule,
    Step,
    anniversary,
    first_part,
    on_billing_day,
    on_calendar,
    period_containing,
)
from alicerce.apps.billing.rules.proration import (
    Item,
    arrears_fee,
    fraction_left,
    fraction_unused,
    prorated,
    termination_credit,
)
from alicerce.apps.billing.rules.rounding import half_up
from alicerce.apps.billing.rules.taxes import credited_tax
from alicerce.apps.billing.types import Period
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe

LONG_MONTH = (2024, 1)  # stands for the month of a case that says only a day


@recipe("proration", "trial_days", without=("old", "new", "zone"))
def trial(given: Given, asked: Asked) -> Answers:
    """Billed on the day after the trial, for what is left of that period; counted from the first start."""
    price, step = given.price()
    began = _began(given)
    billed = began + timedelta(days=given.cents("trial_days"))
    on = values.day(billed)
    # A trial that ends within a period bills the rest of it; by anniversary, a period begins then.
    by_anniversary = given.text("billing") == "anniversary"
    schedule = anniversary(on, step) if by_anniversary else on_calendar(on, step)
    current = period_containing(schedule, on)
    left = fraction_left(current, on)
    return {
        **dict.fromkeys(("billed_at", "billed_on", "first_invoice_at", "trial_ends"), billed),
        **dict.fromkeys(("amount", "first_invoice_total", "total"), prorated(price, left)),
        "fraction_left": left,
        "days_billed": (current.ends_on - on).days,
        "period": Period(on, current.ends_on),
        "next_due": current.ends_on,
        "second_bill_within_same_period": "never",
    }


@recipe("proration", "arrears", "end")
def arrears(given: Given, asked: Asked) -> Answers:
    """The days that were used, the last one too, over the days of the whole period."""
    price, step = given.price()
    used = Period(given.day("start"), given.day("end") + timedelta(days=1))
    if given.has("period_days"):
        whole = given.cents("period_days")
    else:
        whole = period_containing(_schedule(given, used.starts_on, step), used.starts_on).days
    fee = arrears_fee(price, used=used, whole_days=whole)
    return {
        "billed_days": used.days,
        "fee": fee,
        "amount": fee,
        "same_for": _same_for(used, step, whole),
    }


@recipe("proration", "start", without=("old", "new", "arrears", "trial_days", "periods"))
def termination(given: Given, asked: Asked) -> Answers:
    """Billed in advance, ended on a day (the first one when none is said), the rest credited with its tax."""
    if not given.has_price() or given.waits_for_the_period():
        return {}
    price, step = given.price()
    start = given.day("start")
    end = given.day("end") if given.has("end") else start
    given.value("days_in_month")
    schedule = _schedule(given, start, step)
    part, current = first_part(schedule, start), period_containing(schedule, end)
    net = prorated(price, part.fraction())
    charged = net if current == part.whole else price
    rate = given.rate("tax_pct")
    credit = termination_credit(Item(price, charged=charged), current, end)
    note = credited_tax(net=charged, tax=half_up(charged * rate), credit=credit)
    return {
        "credit": credit,
        "credit_note": {"net": credit, "tax": note, "total": credit + note},
        "credit_note_total": credit + note,
        **_advance(net, half_up(net * rate), part, asked),
        **_closing(given, asked, rate=rate, note=credit + note),
        "unused_days": (current.ends_on - end).days - 1,
        "used_days": (end - current.starts_on).days + 1,
        "fraction_unused": fraction_unused(current, end),
    }


@recipe("proration", "end", without=("old", "new", "arrears", "trial_days"))
def ended_with_its_period(given: Given, asked: Asked) -> Answers:
    """What is paid for is used to its last day: nothing is left to credit."""
    if not given.waits_for_the_period():
        return {}
    current = _period_of(given)
    return {
        **dict.fromkeys(("credit", "credit_note_total", "refund"), 0),
        **dict.fromkeys(("ends_at", "ends_on", "active_until", "end"), current.ends_on),
        "further_invoices": 0,
    }


def _period_of(given: Given) -> Period:
    if given.has("period"):
        return given.period("period")
    _, step = given.price()
    return period_containing(_schedule(given, given.day("start"), step), given.day("end"))


def _same_for(used: Period, step: Step, whole: int) -> list[str]:
    """By anniversary the period is what it is; by the calendar it may be as long."""
    calendar = period_containing(on_calendar(used.starts_on, step), used.starts_on)
    return ["anniversary_after_upgrade", *(["calendar"] if calendar.days == whole else [])]


def _advance(net: int, tax: int, part: Part, asked: Asked) -> Answers:
    names = ("first_invoice_total", "advance_invoice_total")
    in_parts = isinstance(asked.get("first_invoice"), Mapping)
    return {
        **dict.fromkeys(names, net + tax),
        "first_invoice": (
            {"net": net, "tax": tax, "total": net + tax} if in_parts else net + tax
        ),
        "first_invoice_net": net,
        "first_period": part.span,
        "first_fraction": part.fraction(),
    }


def _closing(given: Given, asked: Asked, *, rate: Fraction, note: int) -> Answers:
    """The usage of the last days, settled with the credit note as far as it was not paid out."""
    usage = given.cents("usage")
    closing = usage + half_up(usage * rate)
    return {
        "closing_invoice_before_credit": closing,
        "final_invoice_total": max(closing - note, 0),
        "modes": {
            "credit": {"closing_total": max(closing - note, 0)},
            "skip_credit": {"closing_total": closing},
            **{
                f"refund {paid}": {"closing_total": max(closing - (note - paid), 0)}
                for paid in _refunded(asked)
            },
        },
    }


def _refunded(asked: Asked) -> list[int]:
    """What of the credit note was paid out, in the modes that are asked for: `refund 1500`."""
    modes = asked.get("modes") or {}
    found = [re.fullmatch(r"refund (\d{1,12})", str(mode)) for mode in modes]
    return [int(one[1]) for one in found if one]


def _schedule(given: Given, start: date, step: Step) -> Schedule:
    """By the customer's billing day; else by the calendar, unless the case says anniversary."""
    if given.has("billing_day"):
        return on_billing_day(start, given.cents("billing_day"), step)
    return (
        anniversary(start, step)
        if given.text("billing") == "anniversary"
        else on_calendar(start, step)
    )


def _began(given: Given) -> date | datetime:
    if not given.has("start"):
        return date(*LONG_MONTH, given.cents("start_day"))
    written = str(given.value("start"))
    return values.moment(written) if "T" in written else values.day(given.value("start"))
