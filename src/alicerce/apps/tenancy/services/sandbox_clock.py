"""Time in a sandbox goes where it is sent, a stop at a time, so that each day's work is done in it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.errors import ClockGoesForward, ClockMoving, ClockTooFar, NotASandbox
from alicerce.apps.tenancy.events import ClockArrived, ClockStepDue, ClockStepped
from alicerce.apps.tenancy.models import SandboxClock
from alicerce.apps.tenancy.queries.sandbox_clock import is_sandbox
from alicerce.apps.tenancy.queries.tenants import time_zone
from alicerce.apps.tenancy.rules.winding import LONGEST_MOVE, MOST_NAPS, clock_nap, next_stop
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.queueing import has_work

STEPS = "tenancy.take_clock_step"


@transaction()
def move_clock(*, to: datetime, at: datetime) -> None:
    """Send the current sandbox's clock ahead. It begins at `at`, and moves in the background.

    Raises NotASandbox, ClockMoving, ClockGoesForward and ClockTooFar.
    """
    if not is_sandbox():
        raise NotASandbox
    SandboxClock.objects.bulk_create([SandboxClock(reads_at=at)], ignore_conflicts=True)
    clock = SandboxClock.objects.select_for_update(of=("self",)).get()
    _refuse(clock, to)
    before = clock.reads_at
    clock.head_for(to)
    audit.record(
        action="sandbox_clock.moved",
        entity="tenant",
        entity_id=current_tenant_id(),
        before={"reads_at": before.isoformat()},
        after={"reads_at": to.isoformat()},
        at=at,
    )
    publish(ClockStepDue(at=before, turn=clock.turn))


def _refuse(clock: SandboxClock, to: datetime) -> None:
    if clock.until is not None:
        raise ClockMoving
    if to <= clock.reads_at:
        raise ClockGoesForward
    if to - clock.reads_at > LONGEST_MOVE:
        raise ClockTooFar


@transaction()
def step_clock(*, turn: int, naps: int = 0) -> None:
    """Go to the next stop, unless the work of this one is still being done.

    `turn` makes every older copy of the step void. The rests grow, and end: what retries or never ends
    neither keeps a worker turning nor holds the clock for good.
    """
    clock = SandboxClock.objects.select_for_update(of=("self",)).get()
    if clock.turn != turn or clock.until is None:
        return
    if naps < MOST_NAPS and has_work(tenant_id=current_tenant_id(), but=STEPS):
        again = ClockStepDue(at=clock.reads_at, turn=turn, naps=naps + 1)
        publish(again, delay=clock_nap(naps))
    elif clock.reads_at == clock.until:
        clock.arrive()
        publish(ClockArrived(at=clock.reads_at))
    else:
        zone = ZoneInfo(time_zone())
        clock.step(next_stop(clock.reads_at, until=clock.until, zone=zone))
        publish(ClockStepped(at=clock.reads_at))
        publish(ClockStepDue(at=clock.reads_at, turn=clock.turn))
