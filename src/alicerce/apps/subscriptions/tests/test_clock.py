"""Clocks that jump: ahead by a year, back by an hour within a run, over days that no month has."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Invoice, InvoiceLine
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.subscriptions.models import BilledPeriod, Schedule
from alicerce.apps.subscriptions.services.billing_run import begin_run, bill_some, look_for_work
from alicerce.apps.subscriptions.tests.changing import bought
from alicerce.apps.subscriptions.tests.test_changes import undone

pytestmark = pytest.mark.usefixtures("tenant")
HERE = ZoneInfo("America/Sao_Paulo")
ANCHORS = ("2027-01-31", "2028-02-29", "2026-11-30", "2018-10-05")
"""The last one lives through the last summer time of São Paulo."""
jumps = some.lists(
    some.one_of(some.integers(-48, 48), some.integers(20 * 24, 45 * 24), some.just(400 * 24)),
    min_size=3,
    max_size=12,
)


class TestAnyClock:
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(some.sampled_from(ANCHORS), some.sampled_from(["monthly", "quarterly"]), jumps)
    def test_asks_for_each_period_once_without_gap_or_overlap(
        self, tenant, anchor, cycle, told
    ):
        with undone():
            self._story(date.fromisoformat(anchor), cycle, told)

    def _story(self, anchor, cycle, told):
        subscription = bought(9990, anchor.isoformat(), cycle)
        at = datetime(anchor.year, anchor.month, anchor.day, 15, tzinfo=UTC)
        for hours in told:
            at += timedelta(hours=hours)
            Schedule.objects.update(parked_at=None, parked_reason="", is_waived=True)
            self._run(at)

        periods = BilledPeriod.objects.filter(subscription_id=subscription.id).order_by(
            "starts_on"
        )
        spans = [(one.starts_on, one.ends_on) for one in periods]
        schedule = billing.anniversary(anchor, billing.step_of(Cycle(cycle)))
        assert all(one[1] == following[0] for one, following in pairwise(spans))
        for starts_on, ends_on in spans:
            whole = billing.period_containing(schedule, starts_on)
            assert (whole.starts_on, whole.ends_on) == (starts_on, ends_on)
        asked = InvoiceLine.objects.filter(kind="plan").values_list("total_cents", flat=True)
        assert list(asked) == [9990] * len(spans)
        numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, len(numbers) + 1))
        assert ledger_imbalance() == 0

    def _run(self, at):
        """It steps back by an hour between the beginning of a run and its work."""
        on = at.astimezone(HERE).date()
        run_id = begin_run(on=on, at=at)
        earlier = at - timedelta(hours=1)
        while run_id and bill_some(run_id=run_id, on=on, at=earlier, most=1).customers:
            pass
        look_for_work(at=earlier)
