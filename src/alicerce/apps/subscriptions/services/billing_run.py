"""A billing run: begun once a day, or by hand; taken on batch by batch; the same after any interruption."""

from datetime import date, datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.subscriptions.errors import NothingDue
from alicerce.apps.subscriptions.events import BillingDue, BillingRunFinished, BillingRunStepDue
from alicerce.apps.subscriptions.models import BillingBatch, BillingRun
from alicerce.apps.subscriptions.queries.changing import changes_over
from alicerce.apps.subscriptions.queries.due import (
    due_customers,
    ending_subscriptions,
    has_due,
    has_trials_to_tell,
)
from alicerce.apps.subscriptions.queries.price_moves import has_move_letters
from alicerce.apps.subscriptions.queries.terms import local_date
from alicerce.apps.subscriptions.services.bill_batch import BatchFailed, Billed, bill_batch
from alicerce.apps.subscriptions.services.change_standing import end
from alicerce.apps.subscriptions.services.close_change import settle_change
from alicerce.apps.subscriptions.services.parking import park
from alicerce.apps.subscriptions.types import EndCause, ParkReason
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

CUSTOMERS, BATCHES = 100, 20
"""How many customers a transaction bills, and how many transactions a job does before it makes room."""
QUIET = timedelta(minutes=10)
"""A run that wrote nothing for so long has lost its job, and is taken on by another."""


@transaction()
def look_for_work(*, at: datetime) -> bool:
    """Ask for a run where something is due and nobody is at it; whether one was asked for."""
    today = local_date(at)
    over = ending_subscriptions(today, limit=1) or changes_over(today, limit=1)
    told = has_trials_to_tell(today) or has_move_letters(today)
    if over or told or (has_due(today) and not _is_being_done(at)):
        publish(BillingDue(at=at, on=today))
        return True
    return False


@transaction()
def begin_run(*, on: date, at: datetime) -> UUID | None:
    """Begin the run of this day, or go on with the one that is open. None when nothing is due.

    Two that begin at once begin one.
    """
    due = due_customers(on)
    if not due:
        return None
    run = BillingRun(on=on, started_at=at, started_by=current().signature, due=due)
    if BillingRun.objects.add_once(run):
        audit.record(
            action="billing_run.started",
            entity="billing_run",
            entity_id=run.id,
            after={"on": on, "due": due},
            at=at,
        )
    else:
        run = BillingRun.objects.open().get()
    publish(BillingRunStepDue(at=at, run_id=run.id, on=on))
    return UUID(str(run.id))


@transaction()
def start_by_hand(*, at: datetime) -> UUID:
    """Bill now what is due today. Raises NothingDue."""
    run_id = begin_run(on=local_date(at), at=at)
    if run_id is None:
        raise NothingDue
    return run_id


def take_run_step(*, run_id: UUID, on: date, at: datetime) -> None:
    """Bill some batches, then ask for the next step; or finish. May be killed anywhere and run again."""
    for _ in range(BATCHES):
        if not bill_some(run_id=run_id, on=on, at=at).customers:
            _finish(run_id, on, at=at)
            return
    with transaction():
        publish(BillingRunStepDue(at=at, run_id=run_id, on=on))


def bill_some(*, run_id: UUID, on: date, at: datetime, most: int = CUSTOMERS) -> Billed:
    """One batch; where it fails, its customers one by one, so that one of them cannot stop the others."""
    try:
        return bill_batch(run_id=run_id, on=on, most=most, at=at)
    except BatchFailed as failed:
        for customer_id in failed.customer_ids:
            _bill_alone(run_id, on, customer_id, at)
        return Billed(customers=len(failed.customer_ids))


def end_what_is_over(*, on: date, at: datetime) -> int:
    """End subscriptions that were canceled for the end of their period; how many."""
    over = _over(on)
    return sum(end(subscription_id=each, cause=EndCause.PERIOD_END, at=at) for each in over)


def settle_changes(*, on: date, at: datetime) -> int:
    """Changes whose day is here come into force, or are waited for no longer; how many."""
    over = _changes_over(on)
    return sum(settle_change(change_id=each, at=at) for each in over)


def _bill_alone(run_id: UUID, on: date, customer_id: UUID, at: datetime) -> None:
    try:
        bill_batch(run_id=run_id, on=on, most=1, only=[customer_id], at=at)
    except BatchFailed as failed:
        cause = failed.__cause__
        detail = f"{type(cause).__name__}: {cause}".partition("\n")[0]
        park(customer_id=customer_id, reason=ParkReason.FAILED, detail=detail, at=at)
        _count_failure(run_id, at)


@transaction()
def _count_failure(run_id: UUID, at: datetime) -> None:
    BillingBatch.objects.create(run_id=run_id, at=at, customers=1, parked=1)


@transaction()
def _finish(run_id: UUID, on: date, *, at: datetime) -> None:
    """Nothing is left, not even in somebody else's hands."""
    if has_due(on):
        return
    run = BillingRun.objects.lock(run_id)
    if not run.finish(at=at):
        return
    audit.record(action="billing_run.finished", entity="billing_run", entity_id=run_id, at=at)
    publish(BillingRunFinished(at=at, run_id=run_id, on=run.on))


@transaction()
def _over(on: date) -> list[UUID]:
    return ending_subscriptions(on, limit=CUSTOMERS)


@transaction()
def _changes_over(on: date) -> list[UUID]:
    return changes_over(on, limit=CUSTOMERS)


def _is_being_done(at: datetime) -> bool:
    run = BillingRun.objects.open().first()
    if run is None:
        return False
    last = BillingBatch.objects.filter(run_id=run.id).order_by("-id").first()
    return bool(at - max(run.started_at, last.at if last else run.started_at) < QUIET)
