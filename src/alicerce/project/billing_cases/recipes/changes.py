"""Changes of plan, quantity and discount within a period."""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from alicerce.apps.billing.rules.allocation import fixed_discount, percentage_discount
from alicerce.apps.billing.rules.periods import (
    Schedule,
    Step,
    anniversary,
    on_billing_day,
    on_calendar,
    period_containing,
)
from alicerce.apps.billing.rules.proration import (
    Change,
    Item,
    change_keeping_anchor,
    change_restarting,
    change_within,
    credit_of,
    debit_of,
    fraction_left,
    net_difference,
)
from alicerce.apps.billing.types import DayCount, Period
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe


@recipe("proration", "old", "new", "on")
def change_of_plan(given: Given, asked: Asked) -> Answers:
    """Same interval: the period stays. Another interval: it restarts, unless the case keeps the anchor."""
    on, old, new = given.day("on"), old_items(given), new_items(given)
    current, following = current_period(given, on), new_step(given)
    if given.waits_for_the_period():
        return _when_it_ends(current, new)
    if following is None:
        change = change_within(old=old, new=new, current=current, on=on, count=day_count(given))
    else:
        change = change_restarting(old=old, new=new, current=current, on=on, step=following)
    return {
        **answers_of(change, old, new),
        **days_of(current, on),
        "fraction_left": fraction_left(current, on, day_count(given)),
        "cycle_restarts": following is not None,
        "keeps_anchor": following is None,
        "new_period_start": on if following else current.starts_on,
        "new_cycle_start": on if following else current.starts_on,
    }


@recipe("proration", "old", "new", "fraction_left", without=("on",))
def change_at_fraction(given: Given, asked: Asked) -> Answers:
    return _at(given, given.fraction("fraction_left"))


@recipe("proration", "old", "new", "term_days", "days_left")
def change_at_days(given: Given, asked: Asked) -> Answers:
    """Credit and debit are ours; one net line, as others write it, is at most a cent away."""
    left = Fraction(given.cents("days_left"), given.cents("term_days"))
    answers = _at(given, left)
    one_line = net_difference(old=given.cents("old"), new=given.cents("new"), fraction=left)
    answers["equal_to_credit_debit_within_cents"] = max(abs(answers["net"] - one_line), 1)
    return answers


@recipe("proration", "prices", "period", "switch_at")
def switches(given: Given, asked: Asked) -> Answers:
    """Each one credits what is left of the price before it."""
    prices, current = given.cents_list("prices"), given.period("period")
    days = [values.day(one) for one in given.value("switch_at")]
    steps = [
        change_within(old=[Item(a)], new=[Item(b)], current=current, on=on)
        for (a, b), on in zip(pairwise(prices), days, strict=True)
    ]
    return {
        "fraction_left": [fraction_left(current, on) for on in days],
        "debits": [one.debit for one in steps],
        "credits": [one.credit for one in steps],
        "nets": [one.net for one in steps],
        "net": sum(one.net for one in steps),
    }


@recipe("proration")
def one_of_several(given: Given, asked: Asked) -> Answers:
    """`sub2: {price, period}` and `sub2_change_to`: what happens to the others is nothing."""
    answers: Answers = {}
    for name in given.names():
        if not given.has(f"{name}_change_to"):
            continue
        held = given.value(name)
        given.value("others")
        change = change_within(
            old=[Item(values.cents(held["price"]))],
            new=[Item(given.cents(f"{name}_change_to"))],
            current=values.period(held["period"]),
            on=given.day("on"),
        )
        answers[f"{name}_credit"], answers[f"{name}_debit"] = change.credit, change.debit
        answers["others_entries"] = 0
    return answers


@recipe("proration", "monthly", "yearly", "anchor", "on")
def keeping_the_anniversary(given: Given, asked: Asked) -> Answers:
    """Not our default (decision 34), but a rule we have: the anchor survives a change of interval."""
    on, anchor = given.day("on"), given.day("anchor")
    schedule = anniversary(anchor, Step(months=12))
    current = period_containing(anniversary(anchor, Step(months=1)), on)
    old, new = [Item(given.cents("monthly"))], [Item(given.cents("yearly"))]
    change = change_keeping_anchor(old=old, new=new, current=current, on=on, schedule=schedule)
    return {
        **answers_of(change, old, new),
        "credit_days": (current.ends_on - on).days,
        "charge_days": (change.period.ends_on - on).days,
        "denominator": change.period.days,
    }


def _when_it_ends(current: Period, new: list[Item]) -> Answers:
    """Until then nothing is credited and nothing charged; the next invoice is the new price."""
    price = sum(one.price - one.discount for one in new)
    return {
        **_names((0,), (0,)),
        **dict.fromkeys(("effective_at", "effective_on", "next_due"), current.ends_on),
        **dict.fromkeys(("next_invoice", "next_invoice_total", "next_charge"), price),
    }


def answers_of(change: Change, old: list[Item], new: list[Item]) -> Answers:
    """The figures of a change under every name people give them."""
    return {
        **_names(change.credits, change.debits),
        "next_period_start": change.period.ends_on,
        "next_due": change.period.ends_on,
        "next_billing_date": change.period.ends_on,
        "new_period": change.period,
        "period": change.period,
        "new_period_end": change.period.ends_on,
        "coupon_split_old": [one.discount for one in old],
        "coupon_split_new": [one.discount for one in new],
    }


def old_items(given: Given) -> list[Item]:
    return _items(given, "old")


def new_items(given: Given) -> list[Item]:
    return _items(given, "new")


def current_period(given: Given, on: date) -> Period:
    """As given, or found from an anchor or a start and the interval."""
    if given.has("period"):
        return given.period("period")
    step = given.step("old_interval") if given.has("old_interval") else given.step("interval")
    name = next((one for one in ("anchor", "start") if given.has(one)), "expires")
    return period_containing(schedule_of(given, given.day(name), step), on)


def schedule_of(given: Given, start: date, step: Step) -> Schedule:
    if given.has("billing_day"):
        return on_billing_day(start, given.cents("billing_day"), step)
    if given.text("billing").startswith("calendar"):
        return on_calendar(start, step)
    return anniversary(start, step)


def new_step(given: Given) -> Step | None:
    """The interval to change to, when it is another one."""
    if not given.has("new_interval"):
        return None
    new = given.step("new_interval")
    old = given.value("old_interval", given.value("interval", "month"))
    return None if values.step(old) == new else new


def day_count(given: Given) -> DayCount:
    written = given.text("day_count") + given.text("denominator_days")
    return DayCount.THIRTY if "30" in written or "thirty" in written else DayCount.REAL


def days_of(current: Period, on: date) -> Answers:
    return {
        "days_left": (current.ends_on - on).days,
        "days_used": (on - current.starts_on).days,
        "period_days": current.days,
        "denominator": current.days,
    }


def _at(given: Given, left: Fraction) -> Answers:
    old, new = old_items(given), new_items(given)
    return {
        **_names(
            tuple(credit_of(one, left) for one in old),
            tuple(debit_of(one, left) for one in new),
        ),
        "coupon_split_old": [one.discount for one in old],
        "coupon_split_new": [one.discount for one in new],
    }


def _names(credits_: tuple[int, ...], debits: tuple[int, ...]) -> Answers:
    credit, debit = sum(credits_), sum(debits)
    due, over = max(debit - credit, 0), max(credit - debit, 0)
    figures: dict[str, tuple[Any, str]] = {
        "credit": (credit, "credit_old refund_old unused_credit old_credit total_credit"),
        "debit": (debit, "charge_new new_item new_charge new_debit prorated_new total_debit"),
        "net": (debit - credit, "charge difference payable_net"),
        "due": (due, "payable amount_due to_pay total_due invoice_total"),
        "carry_credit": (
            over,
            "account_credit client_credit wallet wallet_credit to_wallet excess_credit",
        ),
        "repair": (-credit, "repair_amount"),
        "credits": (list(credits_), ""),
        "debits": (list(debits), ""),
        "cash_refund": (0, "paid_out"),
    }
    return {
        name: value for main, (value, more) in figures.items() for name in [main, *more.split()]
    }


def _items(given: Given, side: str) -> list[Item]:
    """The prices of one side with that side's discounts; add-ons that stay are on both sides."""
    prices = given.cents_list(side)
    off = _discounts(given, side, prices)
    charged = given.cents("charged") if side == "old" and given.has("charged") else None
    items = [Item(price, cut, charged) for price, cut in zip(prices, off, strict=True)]
    return [*items, *(Item(addon) for addon in given.cents_list("kept"))]


def _discounts(given: Given, side: str, prices: list[int]) -> list[int]:
    for name in (f"discount_{side}", "coupon"):
        if given.has(name):
            return fixed_discount(given.cents(name), prices)
    for name in (f"discount_pct_{side}", "coupon_pct"):
        if given.has(name):
            return percentage_discount(given.rate(name), prices)
    return [0] * len(prices)
