"""Seats, mailboxes and other quantities that change within a period."""

from collections.abc import Callable
from fractions import Fraction

from alicerce.apps.billing.rules.proration import change_of_quantity, fraction_left
from alicerce.apps.billing.rules.tiers import graduated, per_unit, volume
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe

Price = Callable[[int], int]


@recipe("proration", "tiers", "seats_from", "seats_to")
def seats_by_tiers(given: Given, asked: Asked) -> Answers:
    tiers = [values.tier(one) for one in given.value("tiers")]
    scheme = volume if given.text("scheme") == "volume" else graduated
    return _changed(given, lambda number: scheme(number, tiers))


@recipe("proration", "seat_price", "seats_from", "seats_to", without=("tiers",))
def seats_of_one_price(given: Given, asked: Asked) -> Answers:
    unit = given.fraction("seat_price")
    return _changed(given, lambda number: per_unit(number, unit))


def _changed(given: Given, price: Price) -> Answers:
    """Only the difference in seats is billed; the base stands as it was billed."""
    before, after, left = given.cents("seats_from"), given.cents("seats_to"), _left(given)
    entry = change_of_quantity(before=before, after=after, fraction=left, price=price)
    delta = price(after) - price(before)
    return {
        "recurring_total_before": given.cents("base") + price(before),
        "recurring_total_after": given.cents("base") + price(after),
        **dict.fromkeys(("full_delta_month", "full_delta"), delta),
        "entries": int(bool(entry)),
        "base_entries": 0,
        "entry_kind": "seats_increase_debit" if delta > 0 else "seats_decrease_credit",
        "debit": max(entry, 0),
        "credit": max(-entry, 0),
        "amount": abs(entry),
        "net": entry,
        "fraction_left": left,
    }


def _left(given: Given) -> Fraction:
    if given.has("fraction_left"):
        return given.fraction("fraction_left")
    if not given.has("period"):
        return Fraction(1)
    return fraction_left(given.period("period"), given.day("on"))
