"""The limiter: exact bursts, even refilling, and nothing shared between strangers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alicerce.kernel.db import transaction
from alicerce.kernel.ratelimit import Quota, forget_idle, give_back, take

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TEN = Quota("ten", 10, timedelta(minutes=1))


def admitted(subject, times, *, at=NOON, quota=TEN):
    return sum(take(quota, subject, at=at).allowed for _ in range(times))


@pytest.mark.django_db
class TestTake:
    def test_admits_the_whole_quota_at_once_and_no_more(self):
        assert admitted("ana", 25) == 10

    def test_lets_one_more_pass_after_each_interval(self):
        admitted("ana", 10)

        assert admitted("ana", 5, at=NOON + timedelta(seconds=6)) == 1
        assert admitted("ana", 5, at=NOON + timedelta(seconds=18)) == 2

    def test_never_saves_up_more_than_the_quota(self):
        admitted("ana", 1)

        assert admitted("ana", 30, at=NOON + timedelta(days=3)) == 10

    def test_keeps_subjects_and_quotas_apart(self):
        admitted("ana", 10)

        assert take(TEN, "bia", at=NOON).allowed
        assert take(Quota("other", 1, timedelta(minutes=1)), "ana", at=NOON).allowed

    def test_says_what_is_left_and_when_to_come_back(self):
        first = take(TEN, "ana", at=NOON)
        admitted("ana", 9)
        refused = take(TEN, "ana", at=NOON)

        assert (first.remaining, first.reset_after) == (9, timedelta(seconds=6))
        assert (refused.allowed, refused.remaining) == (False, 0)
        assert (refused.retry_after, refused.retry_seconds) == (timedelta(seconds=6), 6)

    def test_a_refusal_costs_nothing(self):
        admitted("ana", 500)

        assert take(TEN, "ana", at=NOON + timedelta(seconds=6)).allowed

    def test_what_is_given_back_may_be_taken_again(self):
        admitted("ana", 10)
        give_back(TEN, "ana")

        assert admitted("ana", 5) == 1

    def test_a_dear_request_takes_more(self):
        assert take(TEN, "ana", at=NOON, cost=8).remaining == 2
        assert not take(TEN, "ana", at=NOON, cost=3).allowed
        assert take(TEN, "ana", at=NOON, cost=2).allowed

    def test_refuses_to_run_inside_a_transaction(self):
        with transaction(), pytest.raises(AssertionError, match="inside a transaction"):
            take(TEN, "ana", at=NOON)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(pauses=st.lists(st.integers(0, 9000), min_size=1, max_size=60))
    def test_over_any_stretch_admits_at_most_the_quota_and_its_refill(self, pauses):
        with connection.cursor() as cursor:
            cursor.execute("delete from rate_limit")
        at, passed = NOON, []
        for pause in pauses:
            at += timedelta(milliseconds=pause)
            if take(TEN, "ana", at=at).allowed:
                passed.append(at)

        for index, first in enumerate(passed):
            for count, last in enumerate(passed[index:], start=1):
                assert count <= 10 + (last - first) / TEN.interval


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield
        forget_idle(at=NOON + timedelta(days=1))
        connection.close()


class TestTakeTogether:
    def test_sixteen_at_once_are_admitted_exactly_the_quota(self, committed):
        def knock(_):
            try:
                return take(TEN, "crowd", at=NOON).allowed
            finally:
                connection.close()

        with ThreadPoolExecutor(16) as crowd:
            assert sum(crowd.map(knock, range(64))) == 10


@pytest.mark.django_db
class TestForgetIdle:
    def test_drops_only_those_whose_quota_is_whole_again(self):
        take(TEN, "ana", at=NOON)
        take(TEN, "bia", at=NOON + timedelta(minutes=5))

        assert forget_idle(at=NOON + timedelta(minutes=1)) == 1
