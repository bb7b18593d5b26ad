"""What a refusal asks for, and when a card is charged again."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alicerce.apps.collecting.rules.declines import HARD, OWNER_WANTED, read_reason
from alicerce.apps.collecting.rules.retrying import (
    HOUR,
    RETRY_AFTER_DAYS,
    first_try,
    last_day,
    next_try,
)
from alicerce.apps.collecting.types import Decline

ZONE = ZoneInfo("America/Sao_Paulo")
MOMENTS = st.integers(0, 10_000_000).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("error", "reason", "decline"),
    [
        ("insufficient_funds", "insufficient_funds", Decline.SOFT),
        ("stolen_card", "stolen_card", Decline.HARD),
        ("do_not_honor", "do_not_honor", Decline.HARD),
        ("do_not_honor:try_again_later", "do_not_honor", Decline.SOFT),
        ("generic_decline:do_not_try_again", "generic_decline", Decline.HARD),
        ("authentication_required:try_again_later", "authentication_required", Decline.OWNER),
        ("never_arrived", "never_arrived", Decline.SOFT),
        ("resource_missing (HTTP 400) No such card", "resource_missing", Decline.HARD),
        ("", "unknown", Decline.SOFT),
    ],
)
def test_the_network_counts_for_more_than_a_code(error, reason, decline):
    assert read_reason(error) == (reason, decline)
    assert not HARD & OWNER_WANTED


@settings(max_examples=60)
@given(failed_at=MOMENTS, failures=st.integers(1, 6))
def test_a_card_is_tried_in_the_morning_some_days_later_and_not_for_ever(failed_at, failures):
    again = next_try(failed_at, failures=failures, zone=ZONE)

    if failures > len(RETRY_AFTER_DAYS):
        assert again is None
    else:
        local = again.astimezone(ZONE)
        wait = local.date() - failed_at.astimezone(ZONE).date()
        assert (local.hour, wait.days) == (HOUR, RETRY_AFTER_DAYS[failures - 1])


@settings(max_examples=40)
@given(at=MOMENTS, days=st.integers(-400, 400))
def test_what_is_due_is_charged_now_and_the_rest_on_its_day(at, days):
    due_on = at.astimezone(ZONE).date() + timedelta(days=days)

    first = first_try(due_on, zone=ZONE, at=at)

    assert first >= at
    assert first == at or first.astimezone(ZONE).date() == due_on


def test_a_card_is_good_through_its_last_day():
    assert [last_day(2, 2028), last_day(12, 2026)] == [date(2028, 2, 29), date(2026, 12, 31)]
