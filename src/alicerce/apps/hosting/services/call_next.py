"""Queue the next turn of a run, in the commit that decided it."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.hosting import rules
from alicerce.apps.hosting.events import RunStepDue
from alicerce.apps.hosting.models import ProvisioningRun, Server, ServerLease
from alicerce.kernel.events import publish


def call_next(
    *,
    run: ProvisioningRun,
    at: datetime,
    next_at: datetime | None = None,
    in_line_for: Server | None = None,
) -> None:
    turn = run.call_next(next_at=next_at, in_line_for=in_line_for)
    publish(
        RunStepDue(at=at, run_id=run.id, turn=turn), delay=next_at - at if next_at else None
    )


def step_aside(
    *,
    run: ProvisioningRun,
    at: datetime,
    next_at: datetime | None = None,
    in_line_for: Server | None = None,
) -> None:
    """Go on in another turn, and let others talk to the server in the meantime."""
    leave_the_floor(run=run, at=at)
    call_next(run=run, at=at, next_at=next_at, in_line_for=in_line_for)


def leave_the_floor(*, run: ProvisioningRun, at: datetime) -> None:
    """Give the server's slot back, and call whoever waited longest for it."""
    for lease in ServerLease.objects.filter(run_id=run.id):
        lease.delete()
        if waiting := ProvisioningRun.objects.next_in_line(lease.server_id):
            call_next(run=waiting, at=at)


def call_held_up(
    *, server_id: UUID, at: datetime, tried_below: int = rules.MAX_ATTEMPTS
) -> None:
    """The server can be asked again: whoever waited for that need not wait any longer."""
    for run in ProvisioningRun.objects.held_up_by(server_id, tried_below=tried_below):
        call_next(run=run, at=at)
