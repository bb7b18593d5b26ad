"""How long one stays signed in, and how long a proof counts."""

from datetime import UTC, datetime, timedelta

import pytest

from alicerce.apps.identity.rules import CLIENT, STAFF, has_lapsed, is_fresh, session_limits
from alicerce.apps.identity.types import SessionLimits

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class TestSessionLimits:
    def test_are_tighter_for_staff(self):
        assert session_limits(is_staff=True) == STAFF
        assert session_limits(is_staff=False) == CLIENT

    @pytest.mark.parametrize(("wished", "minutes"), [(5, 5), (30, 30), (1440, 30)])
    def test_are_shortened_by_a_company_and_never_lengthened(self, wished, minutes):
        limits = session_limits(is_staff=True, idle=[wished])

        assert limits.idle == timedelta(minutes=minutes)
        assert limits.absolute == STAFF.absolute

    def test_are_the_shortest_of_all_that_is_wanted(self):
        limits = session_limits(is_staff=False, idle=[60, 20, 45], absolute=[480, 50_000])

        assert limits == SessionLimits(timedelta(minutes=20), timedelta(hours=8))

    @pytest.mark.parametrize(("late", "lapsed"), [(-SECOND, False), (SECOND, True)])
    def test_end_a_session_that_rested_too_long(self, late, lapsed):
        seen_at = NOON - STAFF.idle - late

        assert has_lapsed(STAFF, began_at=seen_at, seen_at=seen_at, at=NOON) is lapsed

    @pytest.mark.parametrize(("late", "lapsed"), [(-SECOND, False), (SECOND, True)])
    def test_end_a_session_that_lived_too_long_however_busy(self, late, lapsed):
        began_at = NOON - STAFF.absolute - late

        assert has_lapsed(STAFF, began_at=began_at, seen_at=NOON, at=NOON) is lapsed


class TestProof:
    @pytest.mark.parametrize(("seconds", "fresh"), [(0, True), (300, True), (301, False)])
    def test_counts_for_five_minutes(self, seconds, fresh):
        assert is_fresh(NOON - timedelta(seconds=seconds), at=NOON) is fresh

    def test_that_was_never_given_counts_for_nothing(self):
        assert not is_fresh(None, at=NOON)
