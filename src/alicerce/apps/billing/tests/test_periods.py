"""Periods tile time, whatever the anchor, and never drift."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from alicerce.apps.billing.rules.periods import (
    Step,
    anniversary,
    cut,
    edge,
    first_moment,
    first_part,
    local_date,
    next_edge,
    on_billing_day,
    on_calendar,
    period,
    period_containing,
    periods_from,
    renewal_starts_on,
    step_of,
    thirty_day_days,
)
from alicerce.apps.billing.types import DayCount, Period
from alicerce.apps.catalog.types import Cycle

days = some.dates(date(1990, 1, 1), date(2090, 12, 31))
steps = some.one_of(
    some.sampled_from([Step(months=m) for m in (1, 2, 3, 6, 12, 24, 36)]),
    some.sampled_from([Step(days=d) for d in (1, 7, 30)]),
)
schedules = some.one_of(
    some.builds(anniversary, days, steps),
    some.builds(on_calendar, days, steps),
    some.builds(
        on_billing_day,
        days,
        some.integers(1, 31),
        some.sampled_from([Step(months=m) for m in (1, 3, 12)]),
    ),
)
MONTH, QUARTER, YEAR = Step(months=1), Step(months=3), Step(months=12)


def starts(schedule, how_many):
    return [edge(schedule, number).isoformat() for number in range(how_many)]


class TestPeriods:
    @given(schedules, some.integers(-200, 200))
    def test_touch_and_never_overlap(self, schedule, number):
        one, next_one = period(schedule, number), period(schedule, number + 1)

        assert one.ends_on == next_one.starts_on
        assert one.overlap(next_one) is None

    @given(schedules, days)
    def test_hold_each_day_once(self, schedule, day):
        found = period_containing(schedule, day)

        assert day in found
        assert next_edge(schedule, day) == found.ends_on > day
        assert period_containing(schedule, found.last_day) == found
        assert period_containing(schedule, found.ends_on) != found

    @given(days, some.sampled_from([1, 3, 6, 12]), some.integers(1, 120))
    def test_come_from_the_anchor_however_far(self, anchor, months, number):
        day = edge(anniversary(anchor, Step(months=months)), number)

        assert day.day == anchor.day or (day + timedelta(days=1)).day == 1
        assert (day.year - anchor.year) * 12 + day.month - anchor.month == months * number

    def test_of_the_31st_return_to_the_31st(self):
        assert starts(anniversary(date(2024, 1, 31), MONTH), 4) == [
            "2024-01-31",
            "2024-02-29",
            "2024-03-31",
            "2024-04-30",
        ]

    def test_of_29_february_fall_on_the_28th_between_leap_years(self):
        assert starts(anniversary(date(2024, 2, 29), YEAR), 5) == [
            "2024-02-29",
            "2025-02-28",
            "2026-02-28",
            "2027-02-28",
            "2028-02-29",
        ]

    @pytest.mark.parametrize(
        ("cycle", "second"),
        [
            (Cycle.MONTHLY, "2026-02-28"),
            (Cycle.QUARTERLY, "2026-04-30"),
            (Cycle.SEMIANNUAL, "2026-07-31"),
            (Cycle.ANNUAL, "2027-01-31"),
            (Cycle.BIENNIAL, "2028-01-31"),
            (Cycle.TRIENNIAL, "2029-01-31"),
        ],
    )
    def test_last_as_long_as_the_cycle_says(self, cycle, second):
        assert starts(anniversary(date(2026, 1, 31), step_of(cycle)), 2)[1] == second

    def test_of_the_calendar_begin_where_everybodys_do(self):
        day = date(2024, 5, 16)

        found = [
            period_containing(on_calendar(day, step), day).starts_on.isoformat()
            for step in (Step(days=7), MONTH, QUARTER, Step(months=6), YEAR)
        ]

        assert found == ["2024-05-13", "2024-05-01", "2024-04-01", "2024-01-01", "2024-01-01"]

    def test_follow_one_another_from_any_day(self):
        schedule = anniversary(date(2026, 1, 31), MONTH)

        found = list(islice(periods_from(schedule, date(2026, 3, 1)), 3))

        assert found[0] == Period(date(2026, 2, 28), date(2026, 3, 31))
        assert all(a.ends_on == b.starts_on for a, b in pairwise(found))

    @pytest.mark.parametrize("step", [{"months": 1, "days": 1}, {}, {"months": -1}])
    def test_need_one_step(self, step):
        with pytest.raises(ValueError, match="months or days"):
            Step(**step)

    def test_have_at_least_a_day(self):
        with pytest.raises(ValueError, match="no day"):
            Period(date(2026, 1, 1), date(2026, 1, 1))


class TestBillingDay:
    @given(days, some.integers(1, 31))
    def test_is_kept_or_clamped_to_the_end_of_the_month(self, starts_on, day):
        schedule = on_billing_day(starts_on, day, MONTH)

        for number in range(14):
            found = edge(schedule, number)
            assert found.day == day or (found.day < day and (found + timedelta(1)).day == 1)

    @given(days, some.integers(1, 31), some.sampled_from([MONTH, QUARTER, YEAR]))
    def test_ends_a_leading_part_within_a_month(self, starts_on, day, step):
        first = edge(on_billing_day(starts_on, day, step), 0)

        assert starts_on <= first <= starts_on + timedelta(days=31)

    def test_counts_a_leading_part_by_the_period_it_is_in(self):
        part = first_part(on_billing_day(date(2011, 1, 1), 15, QUARTER), date(2011, 1, 1))

        assert (part.span.days, part.whole.days) == (14, 92)

    @pytest.mark.parametrize("day", [0, 32])
    def test_is_a_day_that_months_have(self, day):
        with pytest.raises(ValueError, match="no month"):
            on_billing_day(date(2026, 1, 1), day, MONTH)


class TestCut:
    @given(schedules, days, some.integers(1, 900))
    def test_loses_no_day_and_has_parts_only_at_the_ends(self, schedule, starts_on, length):
        stretch = Period(starts_on, starts_on + timedelta(days=length))

        parts = cut(schedule, stretch)

        assert sum(part.span.days for part in parts) == length
        assert (parts[0].span.starts_on, parts[-1].span.ends_on) == (
            stretch.starts_on,
            stretch.ends_on,
        )
        assert all(part.fraction() == 1 for part in parts[1:-1])

    @given(schedules, days, some.integers(1, 900))
    def test_never_has_more_than_all_of_a_period(self, schedule, starts_on, length):
        assume(schedule.step.months)

        for part in cut(schedule, Period(starts_on, starts_on + timedelta(days=length))):
            assert 0 < part.fraction() <= 1
            assert 0 <= part.fraction(DayCount.THIRTY) <= 1


class TestThirtyDays:
    @given(days, days, days)
    def test_add_up(self, a, b, c):
        assert thirty_day_days(a, b) + thirty_day_days(b, c) == thirty_day_days(a, c)

    @pytest.mark.parametrize("year_month", [(2023, 5), (2023, 6), (2023, 2), (2024, 2)])
    def test_are_the_same_in_every_month(self, year_month):
        following = (year_month[0], year_month[1] + 1)

        assert thirty_day_days(date(*year_month, 23), date(*following, 15)) == 22


class TestRenewal:
    DUE, TODAY = date(2026, 7, 15), date(2026, 7, 25)

    def test_keeps_the_day_while_the_service_runs(self):
        assert renewal_starts_on(due_on=self.DUE, suspended=False, today=self.TODAY) == self.DUE

    def test_starts_again_when_it_stood_still(self):
        assert (
            renewal_starts_on(due_on=self.DUE, suspended=True, today=self.TODAY) == self.TODAY
        )

    def test_in_advance_wins_nothing_by_being_suspended(self):
        early = self.DUE - timedelta(days=3)

        assert renewal_starts_on(due_on=self.DUE, suspended=True, today=early) == self.DUE


class TestLocalDays:
    def test_are_those_of_whoever_lives_there(self):
        late = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)

        assert local_date(late, "America/Sao_Paulo") == date(2026, 2, 28)
        assert local_date(late, "UTC") == date(2026, 3, 1)

    @given(
        some.dates(date(1995, 1, 1), date(2035, 1, 1)),
        some.sampled_from(
            ["America/Sao_Paulo", "America/Juneau", "Asia/Beirut", "Pacific/Auckland", "UTC"]
        ),
    )
    def test_begin_where_the_day_before_ended(self, day, zone):
        begins = first_moment(day, zone)

        assert local_date(begins, zone) == day
        assert local_date(begins - timedelta(microseconds=1), zone) == day - timedelta(days=1)

    def test_begin_at_one_where_midnight_was_skipped(self):
        assert first_moment(date(2018, 11, 4), "America/Sao_Paulo") == datetime(
            2018, 11, 4, 3, tzinfo=UTC
        )
