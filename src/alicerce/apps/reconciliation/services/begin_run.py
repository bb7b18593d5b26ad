"""Begin comparisons: those that the clock wants, and those that somebody asks for."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.reconciliation.errors import NoSuchAccount
from alicerce.apps.reconciliation.events import RunBegun
from alicerce.apps.reconciliation.models import Run
from alicerce.apps.reconciliation.rules.windows import slot, window
from alicerce.apps.reconciliation.types import RunStatus, Span
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.ids import uuid7

STALLED = timedelta(minutes=10)
"""A run that nobody took further for so long lost who took it: it goes on from its page."""


@transaction()
def begin_due_runs(*, at: datetime) -> int:
    """For each account the comparison of this quarter of an hour, and that of the night. Once, whoever asks."""
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    begun = 0
    for account in billing.read_accounts():
        for span in (Span.RECENT, Span.NIGHTLY):
            name = slot(span=span, at=at, zone=zone)
            begun += bool(name) and _begin(account.id, span, str(name), at=at)
    return begun


@transaction()
def ask_run(*, account_id: UUID, at: datetime) -> UUID:
    """Somebody wants to see now. Raises NoSuchAccount."""
    if account_id not in {account.id for account in billing.accounts()}:
        raise NoSuchAccount
    run = _new(account_id, Span.ASKED, str(uuid7()), at=at)
    run.save(force_insert=True)
    audit.record(
        action="reconciliation.run_asked", entity="gateway", entity_id=account_id, at=at
    )
    publish(RunBegun(at=at, run_id=run.id))
    return UUID(str(run.id))


@transaction()
def begin_told_run(*, notice_id: UUID, at: datetime) -> bool:
    """A provider says that something became of a payout: it is asked. Once for each notice."""
    account_id = billing.notice(notice_id).account_id
    return _begin(account_id, Span.RECENT, str(notice_id), at=at)


def _begin(account_id: UUID, span: Span, name: str, *, at: datetime) -> bool:
    """Whether there was something to begin or to take up again."""
    run = _new(account_id, span, name, at=at)
    if not Run.objects.add_once(run):
        run = Run.objects.of_account(account_id).get(span=span, slot=name)
        if not _take_up(run, at=at):
            return False
    publish(RunBegun(at=at, run_id=run.id))
    return True


def _take_up(run: Run, *, at: datetime) -> bool:
    run = Run.objects.lock(run.id)
    if run.status == RunStatus.UNKNOWN or (
        run.status == RunStatus.RUNNING and run.moved_at < at - STALLED
    ):
        run.resume(at=at)
        return True
    return False


def _new(account_id: UUID, span: Span, name: str, *, at: datetime) -> Run:
    connected_at = billing.account_connected_at(account_id)
    since, until = window(span=span, connected_at=connected_at, at=at)
    return Run(
        account_id=account_id,
        span=span,
        slot=name,
        since=since,
        until=until,
        started_at=at,
        moved_at=at,
    )
