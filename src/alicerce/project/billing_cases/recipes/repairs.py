"""What was paid and is taken back: repairs, never beyond what was charged."""

from datetime import date

from alicerce.apps.billing.rules.periods import Step, anniversary, period
from alicerce.apps.billing.rules.proration import (
    Item,
    change_restarting,
    change_within,
    fraction_left,
    prorated,
)
from alicerce.apps.billing.types import Period
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.changes import answers_of
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe

CHANGES_TO = {
    "new_monthly": Step(months=1),
    "new_quarterly": Step(months=3),
    "new_yearly": Step(months=12),
    "new_annual": Step(months=12),
    "change_to_monthly": Step(months=1),
    "change_to_quarterly": Step(months=3),
    "change_to_annual": Step(months=12),
    "change_to_yearly": Step(months=12),
}
PAID = {
    "annual_paid": Step(months=12),
    "yearly_paid": Step(months=12),
    "quarterly_paid": Step(months=3),
    "monthly_paid": Step(months=1),
}
ADJUSTMENTS = ("manual_item_adjustment", "item_adjustment", "adjustment")


@recipe("proration", "paid_item", "on")
def repair(given: Given, asked: Asked) -> Answers:
    """The item as it was paid, less its corrections, bounds the credit."""
    item, on = given.value("paid_item"), given.day("on")
    paid, current = values.cents(item["amount"]), values.period(item["period"])
    corrected = sum(given.cents(name) for name in ADJUSTMENTS if given.has(name))
    old = [Item(paid, charged=paid + corrected)]
    prices = [(given.cents(name), step) for name, step in CHANGES_TO.items() if given.has(name)]
    new = [Item(price) for price, _ in prices]
    answers = answers_of(change_within(old=old, new=new, current=current, on=on), old, new)
    return {**answers, "uncapped": prorated(paid, fraction_left(current, on))}


@recipe("proration", "on", without=("old", "new", "paid_item"))
def from_paid(given: Given, asked: Asked) -> Answers:
    """A period that was paid whole, left on a day for another interval, which begins that day."""
    paid = next((name for name in PAID if given.has(name)), None)
    wanted = next((name for name in CHANGES_TO if given.has(name)), None)
    if paid is None or wanted is None:
        return {}
    on = given.day("on")
    amount = given.cents(paid)
    old, new = [Item(amount, charged=amount)], [Item(given.cents(wanted))]
    change = change_restarting(
        old=old,
        new=new,
        current=_paid_period(given, PAID[paid], on),
        on=on,
        step=CHANGES_TO[wanted],
    )
    return answers_of(change, old, new)


def _paid_period(given: Given, step: Step, on: date) -> Period:
    if given.has("period"):
        return given.period("period")
    name = next((one for one in ("start", "anchor", "paid_on") if given.has(one)), "on")
    return period(anniversary(given.day(name), step), 0)
