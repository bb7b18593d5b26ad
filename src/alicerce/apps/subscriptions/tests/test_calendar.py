"""The days that are billed."""

from datetime import date

import pytest

from alicerce.apps.billing.types import Period
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.rules.calendar import first_period, next_stretch, recurs


def periods(first, cycle, anchor_day, count):
    """The first period and those after it."""
    found = [first_period(starts_on=first, cycle=cycle)]
    while len(found) < count:
        stretch = next_stretch(starts_on=found[-1].ends_on, cycle=cycle, anchor_day=anchor_day)
        found.append(stretch.period)
    return [period.starts_on for period in found]


class TestNextStretch:
    def test_comes_back_to_the_day_that_a_short_month_does_not_have(self):
        assert periods(date(2024, 1, 31), Cycle.MONTHLY, 31, 4) == [
            date(2024, 1, 31),
            date(2024, 2, 29),
            date(2024, 3, 31),
            date(2024, 4, 30),
        ]

    def test_of_a_leap_day_comes_back_after_four_years(self):
        starts = periods(date(2024, 2, 29), Cycle.ANNUAL, 29, 5)
        assert starts[1:] == [
            date(2025, 2, 28),
            date(2026, 2, 28),
            date(2027, 2, 28),
            date(2028, 2, 29),
        ]

    def test_leads_to_the_customers_own_day_once_and_stays_there(self):
        assert periods(date(2026, 1, 20), Cycle.MONTHLY, 5, 4) == [
            date(2026, 1, 20),
            date(2026, 2, 20),
            date(2026, 3, 5),
            date(2026, 4, 5),
        ]

    @pytest.mark.parametrize(
        ("cycle", "cents", "expected"),
        [(Cycle.MONTHLY, 2990, 1388), (Cycle.ANNUAL, 36500, 1300)],
    )
    def test_costs_its_real_days_of_the_period_it_is_part_of(self, cycle, cents, expected):
        stretch = next_stretch(starts_on=date(2026, 2, 20), cycle=cycle, anchor_day=5)

        assert stretch.period == Period(date(2026, 2, 20), date(2026, 3, 5))
        assert stretch.share(cents) == expected

    def test_costs_the_price_when_it_is_whole(self):
        stretch = next_stretch(starts_on=date(2026, 2, 5), cycle=Cycle.MONTHLY, anchor_day=5)

        assert (stretch.is_whole, stretch.share(2990)) == (True, 2990)


def test_what_is_bought_once_does_not_recur():
    assert not recurs(Cycle.ONE_OFF)
    assert recurs(Cycle.TRIENNIAL)
