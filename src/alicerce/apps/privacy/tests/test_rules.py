"""The days that count, and what a spreadsheet must not run."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alicerce.apps.privacy.rules import due_on, kept_until, next_visit

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


class TestDueOn:
    def test_is_fifteen_days_later(self):
        assert due_on(NOON, time_zone="America/Sao_Paulo") == date(2026, 9, 16)

    def test_counts_from_the_day_where_the_company_is(self):
        late = datetime(2026, 9, 1, 1, tzinfo=UTC)

        assert due_on(late, time_zone="America/Sao_Paulo") == date(2026, 9, 15)


class TestKeptUntil:
    @pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31)])
    def test_counts_five_years_from_the_next_first_of_january(self, day):
        assert kept_until(day) == date(2032, 1, 1)

    def test_is_nothing_when_nothing_was_paid(self):
        assert kept_until(None) is None


class TestNextVisit:
    def test_is_the_first_to_come(self):
        days = [NOON + timedelta(days=n) for n in (-1, 3, 2)]

        assert next_visit([*days, None], at=NOON) == NOON + timedelta(days=2)

    def test_is_nothing_when_all_is_done(self):
        assert next_visit([NOON, None], at=NOON) is None
