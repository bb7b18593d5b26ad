"""Take what is due on the ladder. Safe to kill anywhere, to repeat, and to run twice at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceStatus, InvoiceSummary
from alicerce.apps.collecting import public as collecting
from alicerce.apps.dunning.events import InvoiceOverdue, LadderStepTaken
from alicerce.apps.dunning.models import Hold, Taken, Walk
from alicerce.apps.dunning.queries.ladders import overrides_of
from alicerce.apps.dunning.queries.walks import Atlas, course_of, due_walks, services_of
from alicerce.apps.dunning.rules.plan import next_step
from alicerce.apps.dunning.services.settle import leave_ladder
from alicerce.apps.dunning.services.write_letters import write_letter
from alicerce.apps.dunning.types import (
    LETTERS,
    ON_SERVICES,
    STOPS,
    End,
    LadderCard,
    Mark,
    Outcome,
    Planned,
    StepKind,
)
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import (
    EndCause,
    SubscriptionCard,
    SuspendCause,
)
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

BATCH = 200
HELD_ALREADY = {SuspendCause.UNPAID, SuspendCause.DISPUTE}
"""What stays suspended when the other cause goes: who lifts theirs asks for ours."""
TO_TELL = LETTERS | {StepKind.NOTICE}


@dataclass(frozen=True, slots=True)
class _Stop:
    """An invoice whose turn it is, with all that a step may need."""

    walk: Walk
    invoice: InvoiceSummary
    ladder: LadderCard
    services: Sequence[SubscriptionCard]


def take_due_steps(*, at: datetime) -> int:
    """A batch of the tenant's, one small transaction an invoice; how many were looked at.

    One that cannot be dealt with does not stand in the way of the others; it is told at the end.
    """
    atlas, looked_at, troubles = _atlas(), 0, []
    for walk_id, customer_id in _due(at):
        try:
            looked_at += take_steps(
                walk_id=walk_id, customer_id=customer_id, atlas=atlas, at=at
            )
        except Exception as trouble:  # noqa: BLE001  raised below, with those of the others
            troubles.append(trouble)
    if troubles:
        raise ExceptionGroup("invoices whose steps were not taken", troubles)
    return looked_at


@transaction()
def take_steps(
    *, walk_id: UUID, customer_id: UUID, at: datetime, atlas: Atlas | None = None
) -> bool:
    """Everything due for one invoice. False when somebody else is at it, or was.

    A customer's invoices are seen to one at a time: which of them keeps a service suspended is
    answered once.
    """
    if not locks.try_hold(f"dunning:{customer_id}"):
        return False
    walk = Walk.objects.due(at).filter(pk=walk_id).first()
    if walk is None:
        return False
    invoice = billing.hold_invoice(invoice_id=walk.invoice_id)
    if invoice.is_open:
        _walk_on(walk, invoice, atlas or Atlas(), at)
    elif invoice.is_payable:
        walk.expect(None)  # given up: what it holds stays held until late money comes
    else:
        leave_ladder(walk=walk, end=_end_of(invoice), at=at)
    return True


@transaction()
def _atlas() -> Atlas:
    return Atlas()


@transaction()
def _due(at: datetime) -> list[tuple[UUID, UUID]]:
    return due_walks(at, limit=BATCH)


def _end_of(invoice: InvoiceSummary) -> End:
    return End.VOID if invoice.status == InvoiceStatus.VOID else End.PAID


def _walk_on(walk: Walk, invoice: InvoiceSummary, atlas: Atlas, at: datetime) -> None:
    """Step by step, as the plan says; then wait for what it says next."""
    if until := collecting.debited_until(invoice.id, at=at):
        walk.wait(until)  # its bank is to pay it: nobody is asked, and nothing is touched
        return
    override = overrides_of([walk.customer_id]).get(walk.customer_id)
    ladder = atlas.ladder_for(override)
    while True:
        stop = _Stop(walk, invoice, ladder, services_of(invoice.id))
        course = course_of(
            walk,
            list(Taken.objects.filter(invoice_id=invoice.id).order_by("id")),
            override=override,
            zone=atlas.zone,
            has_services=bool(stop.services),
        )
        step = next_step(ladder.spec, course, at=at)
        if step is None or step.at > at:
            walk.expect(step)
            return
        _take(step, stop, at)


def _take(step: Planned, stop: _Stop, at: datetime) -> None:
    outcome = Outcome.DONE
    if step.kind == StepKind.OVERDUE:
        _fall_overdue(stop, at)
    elif step.kind in ON_SERVICES:
        outcome = _touch(step.kind, stop, at)
    has_letter = step.kind in TO_TELL or step.kind in ON_SERVICES
    if has_letter and outcome == Outcome.DONE:
        write_letter(step=step, invoice=stop.invoice, services=stop.services, at=at)
    _record(step.marks(at=at), outcome, stop)
    _tell(step, outcome, stop.invoice, at)


def _fall_overdue(stop: _Stop, at: datetime) -> None:
    invoice = stop.invoice
    stop.walk.become_overdue(at=at)
    for card in stop.services:
        subscriptions.fall_behind(subscription_id=card.id, at=at)
    publish(
        InvoiceOverdue(
            at=at,
            invoice_id=invoice.id,
            customer_id=invoice.customer_id,
            due_on=invoice.due_on,
            total_cents=invoice.remaining.cents,
            currency=invoice.total.currency,
        )
    )


def _touch(kind: StepKind, stop: _Stop, at: datetime) -> Outcome:
    """Suspend or end what the invoice is for; what somebody decided otherwise stays so."""
    touched = [_touch_one(kind, stop.walk, card, at) for card in stop.services]
    return Outcome.DONE if any(touched) else Outcome.NOTHING


def _touch_one(kind: StepKind, walk: Walk, card: SubscriptionCard, at: datetime) -> bool:
    if kind == StepKind.END:
        return _is_ours(card) and subscriptions.end(
            subscription_id=card.id, cause=EndCause.UNPAID, at=at
        )
    has_changed = subscriptions.suspend(
        subscription_id=card.id, scope=STOPS[kind], cause=SuspendCause.UNPAID, at=at
    )
    if has_changed or card.cause in HELD_ALREADY:
        Hold.objects.update_or_create(
            walk=walk,
            subscription_id=card.id,
            defaults={"scope": kind, "released_at": None},
            create_defaults={"scope": kind, "held_at": at},
        )
    return has_changed


def _is_ours(card: SubscriptionCard) -> bool:
    """Only what the ladder itself has suspended is ended by it."""
    return card.cause in {"", SuspendCause.UNPAID}


def _record(marks: tuple[Mark, ...], outcome: Outcome, stop: _Stop) -> None:
    *passed, own = marks
    rows = [Taken.of(stop.walk, mark, stop.ladder) for mark in passed]
    row = Taken.of(stop.walk, own, stop.ladder)
    row.outcome = outcome
    if outcome != Outcome.DONE:
        row.announces, row.announced_at = "", None
    Taken.objects.bulk_create([*rows, row])


def _tell(step: Planned, outcome: Outcome, invoice: InvoiceSummary, at: datetime) -> None:
    publish(
        LadderStepTaken(
            at=at,
            invoice_id=invoice.id,
            customer_id=invoice.customer_id,
            step=step.step,
            kind=step.kind,
            offset_days=step.offset_days,
            outcome=outcome,
        )
    )
    if step.kind in TO_TELL:
        return  # the letter is in the trail
    audit.record(
        action="dunning.step_taken",
        entity="invoice",
        entity_id=invoice.id,
        after={"step": step.step, "kind": step.kind, "outcome": outcome},
        at=at,
    )
