"""What a change costs: to the cent, on both sides, and never more than was charged."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alicerce.apps.billing.rules.periods import Step, anniversary
from alicerce.apps.billing.rules.proration import (
    Item,
    arrears_fee,
    change_keeping_anchor,
    change_of_quantity,
    change_restarting,
    change_within,
    credit_of,
    debit_of,
    fraction_left,
    fraction_unused,
    net_difference,
    parts_of,
    prorated,
    termination_credit,
)
from alicerce.apps.billing.rules.tiers import Tier, graduated
from alicerce.apps.billing.types import DayCount, Period

JUNE = Period(date(2025, 6, 1), date(2025, 7, 1))
cents = some.integers(0, 10**9)
fractions = some.fractions(0, 1, max_denominator=366)


@some.composite
def moments(draw):
    starts_on = draw(some.dates(date(1990, 1, 1), date(2090, 1, 1)))
    length = draw(some.integers(1, 1100))
    left = draw(some.integers(0, length))
    current = Period(starts_on, starts_on + timedelta(days=length))
    return current, current.ends_on - timedelta(days=left)


class TestFractionLeft:
    @given(moments())
    def test_and_what_is_used_are_the_whole(self, moment):
        current, on = moment
        used = Fraction((on - current.starts_on).days, current.days)

        assert fraction_left(current, on) + used == 1

    def test_gives_the_day_of_the_change_to_what_comes(self):
        assert fraction_left(JUNE, date(2025, 6, 16)) == Fraction(1, 2)

    def test_gives_the_day_of_a_termination_to_what_went(self):
        assert fraction_unused(JUNE, date(2025, 6, 16)) == Fraction(14, 30)
        assert fraction_unused(JUNE, JUNE.last_day) == 0

    def test_counts_every_month_as_thirty_days_when_asked_to(self):
        may = Period(date(2025, 5, 1), date(2025, 6, 1))

        assert fraction_left(may, date(2025, 5, 16), DayCount.THIRTY) == Fraction(1, 2)

    @pytest.mark.parametrize("day", [date(2025, 5, 31), date(2025, 7, 2)])
    def test_is_asked_within_the_period_only(self, day):
        with pytest.raises(ValueError, match="is not in"):
            fraction_left(JUNE, day)


class TestCredit:
    @given(cents, cents, fractions)
    def test_is_never_more_than_was_charged(self, price, charged, fraction):
        assert 0 <= credit_of(Item(price, charged=charged), fraction) <= charged

    @given(cents, fractions)
    def test_is_never_more_than_the_price(self, price, fraction):
        assert credit_of(Item(price), fraction) <= price

    def test_of_what_was_corrected_below_nothing_is_nothing(self):
        assert credit_of(Item(1000, charged=-5), Fraction(1)) == 0

    @given(cents, fractions)
    def test_and_the_part_that_was_used_differ_from_the_price_by_a_cent_at_most(
        self, price, fraction
    ):
        both = prorated(price, fraction) + prorated(price, 1 - fraction)

        assert abs(both - price) <= 1

    @given(cents, fractions)
    def test_mirrors_its_charge(self, price, fraction):
        assert prorated(-price, fraction) == -prorated(price, fraction)


class TestParts:
    @given(cents, some.lists(some.integers(1, 60), min_size=1, max_size=12))
    def test_of_a_period_cut_anywhere_sum_to_its_price(self, price, lengths):
        spans, day = [], date(2026, 1, 1)
        for length in lengths:
            spans.append(Period(day, day + timedelta(days=length)))
            day = spans[-1].ends_on

        parts = parts_of(price, spans)

        assert sum(parts) == price
        whole = sum(lengths)
        assert all(
            abs(part - Fraction(price * days, whole)) < 1
            for part, days in zip(parts, lengths, strict=True)
        )


class TestChange:
    @given(moments(), cents, cents)
    def test_to_the_same_price_costs_nothing(self, moment, price, addon):
        current, on = moment
        both = [Item(price), Item(addon)]

        assert change_within(old=both, new=both, current=current, on=on).net == 0

    @given(moments(), cents, cents, cents)
    def test_does_not_see_an_addon_that_stays(self, moment, old, new, addon):
        current, on = moment

        with_addon = change_within(
            old=[Item(old), Item(addon)], new=[Item(new), Item(addon)], current=current, on=on
        )

        assert (
            with_addon.net
            == change_within(old=[Item(old)], new=[Item(new)], current=current, on=on).net
        )

    @given(moments(), cents, cents)
    def test_is_within_a_cent_of_its_one_net_line(self, moment, old, new):
        current, on = moment
        change = change_within(old=[Item(old)], new=[Item(new)], current=current, on=on)
        left = fraction_left(current, on)

        assert abs(change.net - net_difference(old=old, new=new, fraction=left)) <= 1

    @given(moments(), cents, cents)
    def test_is_due_or_goes_to_the_wallet_and_nothing_is_lost(self, moment, old, new):
        current, on = moment
        change = change_within(old=[Item(old)], new=[Item(new)], current=current, on=on)

        assert change.due - change.to_wallet == change.net
        assert 0 in (change.due, change.to_wallet)

    def test_of_the_same_interval_keeps_the_period(self):
        change = change_within(
            old=[Item(10000)], new=[Item(30000)], current=JUNE, on=date(2025, 6, 16)
        )

        assert (change.credit, change.debit, change.period) == (5000, 15000, JUNE)

    def test_uses_the_old_discount_for_the_old_price_and_the_new_for_the_new(self):
        change = change_within(
            old=[Item(10000, discount=5000)],
            new=[Item(30000, discount=1000)],
            current=JUNE,
            on=date(2025, 6, 16),
        )

        assert (change.credit, change.debit) == (2500, 14500)

    def test_of_interval_begins_a_whole_period_that_day(self):
        change = change_restarting(
            old=[Item(100000)],
            new=[Item(10000)],
            current=Period(date(2025, 6, 1), date(2026, 6, 1)),
            on=date(2025, 8, 13),
            step=Step(months=1),
        )

        assert (change.credit, change.debit, change.due, change.to_wallet) == (
            80000,
            10000,
            0,
            70000,
        )
        assert change.period == Period(date(2025, 8, 13), date(2025, 9, 13))

    def test_of_interval_can_keep_the_anniversary(self):
        change = change_keeping_anchor(
            old=[Item(1000)],
            new=[Item(12000)],
            current=Period(date(2023, 8, 29), date(2023, 9, 29)),
            on=date(2023, 9, 28),
            schedule=anniversary(date(2023, 6, 29), Step(months=12)),
        )

        assert (change.credit, change.debit) == (32, 9016)
        assert change.period.ends_on == date(2024, 6, 29)


class TestQuantity:
    TIERS = (Tier(50, 0), Tier(100, 2000), Tier(None, 1750))

    def price(self, seats):
        return graduated(seats, self.TIERS)

    def test_bills_the_difference_and_leaves_the_base_alone(self):
        assert (
            change_of_quantity(before=100, after=143, fraction=Fraction(1), price=self.price)
            == 43 * 1750
        )

    @given(some.integers(0, 300), some.integers(0, 300), fractions)
    def test_taken_back_at_once_costs_nothing(self, before, after, fraction):
        there = change_of_quantity(
            before=before, after=after, fraction=fraction, price=self.price
        )
        back = change_of_quantity(
            before=after, after=before, fraction=fraction, price=self.price
        )

        assert there + back == 0


class TestTermination:
    def test_credits_what_comes_after_its_day(self):
        assert termination_credit(Item(3000), JUNE, date(2025, 6, 10)) == 2000

    def test_on_the_last_day_credits_nothing(self):
        assert termination_credit(Item(3000), JUNE, JUNE.last_day) == 0

    def test_in_arrears_bills_the_days_over_the_whole_period(self):
        used = Period(date(2024, 5, 20), date(2024, 6, 21))

        assert arrears_fee(91000, used=used, whole_days=91) == 32000


@given(cents, fractions)
def test_a_debit_is_the_net_price_for_its_share(price, fraction):
    assert debit_of(Item(price + 7, discount=7), fraction) == prorated(price, fraction)
