"""Time in a sandbox: it goes where it is sent, forward, day by day, and nowhere else."""

from datetime import UTC, datetime, timedelta
from uuid import uuid5
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.errors import (
    ClockGoesForward,
    ClockMoving,
    ClockTooFar,
    NotASandbox,
)
from alicerce.apps.tenancy.events import ClockArrived, ClockStepped
from alicerce.apps.tenancy.models import SandboxClock
from alicerce.apps.tenancy.rules.winding import MOST_NAPS, STOPS, clock_nap, next_stop
from alicerce.apps.tenancy.services.sandbox_clock import STEPS, step_clock
from alicerce.kernel.clock import now, wall
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.queueing import SOON, NewJob, enqueue
from alicerce.kernel.testing import run_jobs

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
NOON = datetime(2026, 8, 3, 15, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@pytest.fixture
def sandbox(tenant):
    twin = uuid5(tenant.id, "sandbox")
    tenancy.open_sandbox(of=tenant.id, as_id=twin, at=NOON)
    with acting(tenant_id=twin), showing_rows_of(twin):
        yield twin


class TestNow:
    def test_is_the_worlds_until_somebody_moves_it(self, sandbox):
        assert abs(now() - wall()) < timedelta(minutes=1)

    def test_is_what_the_clock_was_moved_to(self, sandbox):
        tenancy.move_clock(to=NOON + timedelta(days=2), at=NOON)
        run_jobs(include_delayed=True)

        assert now() == NOON + timedelta(days=2)

    def test_stays_the_worlds_everywhere_else(self, sandbox, tenant):
        tenancy.move_clock(to=NOON + timedelta(days=2), at=NOON)

        with acting(tenant_id=tenant.id), showing_rows_of(tenant.id):
            assert abs(now() - wall()) < timedelta(minutes=1)
        with acting(tenant_id=None):
            assert abs(now() - wall()) < timedelta(minutes=1)


class TestMove:
    def test_passes_every_day_in_order_and_says_when_it_arrived(self, sandbox, published):
        tenancy.move_clock(to=NOON + timedelta(days=2), at=NOON)
        run_jobs(include_delayed=True)

        times = [fact.at for fact in published if isinstance(fact, ClockStepped)]
        arrived = [fact.at for fact in published if isinstance(fact, ClockArrived)]
        assert [f"{t.astimezone(SAO_PAULO):%d %H}" for t in times] == [
            *("03 15", "04 03", "04 10", "04 15", "05 03", "05 10", "05 12")
        ]
        assert arrived == [NOON + timedelta(days=2)]

    def test_waits_for_the_work_of_each_stop(self, sandbox):
        tenancy.move_clock(to=NOON + timedelta(days=1), at=NOON)
        clock = SandboxClock.objects.get()
        work = {"event": "x", "tenant": str(current_tenant_id())}
        enqueue(jobs=[NewJob(name="billing.still_at_it", payload=b"{}", headers=work)])

        step_clock(turn=clock.turn)

        assert SandboxClock.objects.get().reads_at == NOON

    def test_rests_longer_each_time_so_that_what_it_waits_for_comes_first(self, sandbox):
        """A job that failed a few times is due in seconds: napping on shortly starved it."""
        tenancy.move_clock(to=NOON + timedelta(hours=1), at=NOON)
        work = {"event": "x", "tenant": str(current_tenant_id())}
        late = timedelta(seconds=4.9)
        enqueue(jobs=[NewJob("tenancy.end_products", b"{}", headers=work, delay=late)])

        ran = run_jobs(include_delayed=True)

        assert "tenancy.end_products" in ran
        assert ran.count(STEPS) < 12
        assert now() == NOON + timedelta(hours=1)

    def test_does_not_wait_without_end(self, sandbox):
        tenancy.move_clock(to=NOON + timedelta(hours=1), at=NOON)
        turn = SandboxClock.objects.get().turn
        work = {"event": "x", "tenant": str(current_tenant_id())}
        enqueue(jobs=[NewJob(name="hosting.never_done", payload=b"{}", headers=work)])

        step_clock(turn=turn, naps=MOST_NAPS - 1)
        assert SandboxClock.objects.get().reads_at == NOON
        step_clock(turn=turn, naps=MOST_NAPS)

        assert SandboxClock.objects.get().reads_at == NOON + timedelta(hours=1)

    def test_an_older_step_is_void(self, sandbox):
        tenancy.move_clock(to=NOON + timedelta(days=1), at=NOON)
        turn = SandboxClock.objects.get().turn
        step_clock(turn=turn)
        stands_at = SandboxClock.objects.get().reads_at

        step_clock(turn=turn)

        assert SandboxClock.objects.get().reads_at == stands_at

    @pytest.mark.parametrize(
        ("days", "refusal"), [(0, ClockGoesForward), (-1, ClockGoesForward), (367, ClockTooFar)]
    )
    def test_goes_forward_and_not_too_far(self, sandbox, days, refusal):
        with pytest.raises(refusal):
            tenancy.move_clock(to=NOON + timedelta(days=days), at=NOON)

    def test_is_one_at_a_time(self, sandbox):
        tenancy.move_clock(to=NOON + timedelta(days=1), at=NOON)

        with pytest.raises(ClockMoving):
            tenancy.move_clock(to=NOON + timedelta(days=2), at=NOON)

    def test_is_never_a_real_companys(self, tenant):
        with pytest.raises(NotASandbox):
            tenancy.move_clock(to=NOON + timedelta(days=1), at=NOON)


def test_the_longest_nap_is_longer_than_what_counts_as_soon():
    naps = [clock_nap(n) for n in range(MOST_NAPS)]

    assert naps == sorted(naps)
    assert naps[0] < timedelta(seconds=1)
    assert naps[-1] > SOON
    assert sum(naps, timedelta()) < timedelta(hours=2)


@given(moments, st.timedeltas(timedelta(seconds=1), timedelta(days=20)))
def test_stops_lead_to_the_goal_and_skip_no_day(start, ahead):
    until, times = start + ahead, [start]
    while times[-1] < until:
        times.append(next_stop(times[-1], until=until, zone=SAO_PAULO))

    assert times[-1] == until
    assert times == sorted(set(times))
    passed = {t.astimezone(SAO_PAULO).date() for t in times}
    first, last = start.astimezone(SAO_PAULO).date(), until.astimezone(SAO_PAULO)
    whole = (last.date() - first).days + (1 if last.time() >= STOPS[0] else 0)
    assert len(passed) >= whole
