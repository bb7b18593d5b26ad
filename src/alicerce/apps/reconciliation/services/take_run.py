"""Take a comparison further, page by page: ask outside of a transaction, write within one, and move on.

Whoever else takes the same run reads the same page; only the first of them writes it down.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.reconciliation.models import Run
from alicerce.apps.reconciliation.ports import Statement, statements
from alicerce.apps.reconciliation.services import read_phases as phases
from alicerce.apps.reconciliation.services.compare import Desk
from alicerce.apps.reconciliation.services.read_phases import Place, Read
from alicerce.apps.reconciliation.types import Phase, RunStatus
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Refusal, Unavailable, Unknown

PAGES = 50
"""Of one run in one job; whoever has more pages lets others in between."""
READERS: Mapping[Phase, Callable[..., Read]] = {
    Phase.PROVIDER: phases.read_provider,
    Phase.BOOKED: phases.read_booked,
    Phase.REFUNDS: phases.read_refunds,
    Phase.PAYOUTS: phases.read_payouts,
    Phase.OPEN: phases.read_open,
}
NEXT = {
    Phase.PROVIDER: Phase.BOOKED,
    Phase.BOOKED: Phase.REFUNDS,
    Phase.REFUNDS: Phase.PAYOUTS,
    Phase.PAYOUTS: Phase.OPEN,
    Phase.OPEN: Phase.OVER,
}
TROUBLE = (Refusal, Unavailable, Unknown)

logger = logging.getLogger("alicerce.reconciliation")


@dataclass(frozen=True, slots=True)
class Turn:
    """The page that is next, and how it was when we looked."""

    place: Place
    phase: Phase
    step: int


def take_run(*, run_id: UUID, at: datetime) -> bool:
    """Whether there is more to take. A provider in trouble ends it: unknown, never without differences."""
    turn = _turn(run_id)
    if turn is None:
        return False
    statement = open_statement(account_id=turn.place.desk.account_id)
    for _ in range(PAGES):
        try:
            read = READERS[turn.phase](statement=statement, place=turn.place)
        except TROUBLE as trouble:
            _lose(run_id, turn, trouble, at=at)
            return False
        if not _write(run_id, turn, read, at=at):
            return False
        turn = _turn(run_id)
        if turn is None:
            return False
    return True


@transaction()
def _turn(run_id: UUID) -> Turn | None:
    """None when it is over, whoever ended it."""
    run = Run.objects.get(pk=run_id)
    if run.status != RunStatus.RUNNING:
        return None
    accounts = {account.id: account for account in billing.accounts()}
    desk = Desk(run.account_id, accounts[run.account_id].kind)
    place = Place(desk, run.since, run.until, run.cursor, run.started_at)
    return Turn(place, Phase(run.phase), run.step)


@transaction()
def open_statement(*, account_id: UUID) -> Statement:
    """What is asked, as the tenant that acts."""
    config = billing.gateway_config(account_id)
    kinds = {account.id: account.kind for account in billing.accounts()}
    return statements[kinds[account_id]](config)


@transaction()
def _write(run_id: UUID, turn: Turn, read: Read, *, at: datetime) -> bool:
    """False when somebody else wrote this page. Runs of one account write one after the other."""
    locks.hold(f"reconciliation:{turn.place.desk.account_id}")
    run = Run.objects.lock(run_id)
    if run.step != turn.step or run.status != RunStatus.RUNNING:
        return False
    tallies = read.write(at)
    phase = turn.phase if read.after else NEXT[turn.phase]
    run.move(phase=phase, cursor=read.after, seen=read.seen, tallies=tallies, at=at)
    return True


@transaction()
def _lose(run_id: UUID, turn: Turn, trouble: Exception, *, at: datetime) -> None:
    run = Run.objects.lock(run_id)
    if run.step != turn.step or run.status != RunStatus.RUNNING:
        return
    logger.warning("comparison %s of %s: %s", run_id, run.account_id, trouble)
    run.lose(f"{type(trouble).__name__}: {trouble}", at=at)
