"""Ask for debits on their day, look at those under way, and try again by the rules.

Safe to kill anywhere, to repeat, and to run twice at once.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import (
    AlreadyDebited,
    CardBeingCharged,
    InvoiceNotOpen,
    MethodNotOffered,
)
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.billing.types.debits import DebitTry, DebitUse
from alicerce.apps.collecting.events import CardReady, DebitChanged, DebitScheduled
from alicerce.apps.collecting.models import Attempt, Debit, Mandate
from alicerce.apps.collecting.ports import Authorizer
from alicerce.apps.collecting.queries.cards import is_bank_first
from alicerce.apps.collecting.rules.debiting import (
    BRASILIA,
    FATAL,
    fits,
    is_too_late,
    look_at,
    next_day,
)
from alicerce.apps.collecting.services.authorizing import open_authorizer
from alicerce.apps.collecting.services.end_debit import fail_debit
from alicerce.apps.collecting.services.follow_debit import follow_debits
from alicerce.apps.collecting.services.wait_for_answer import note_silence
from alicerce.apps.collecting.services.write_debit_letters import tell_retry
from alicerce.apps.collecting.types import DebitReason, DebitStatus, MandateStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal, Unavailable, Unknown

BATCH = 200
SOON = timedelta(hours=1)
NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Retry:
    authorizer: Authorizer
    txid: str
    on: date


def run_due_debits(*, at: datetime) -> int:
    """A batch of the tenant's, one small transaction each; how many were looked at."""
    due = _due(at)
    for debit_id, status in due:
        if status == DebitStatus.PLANNED:
            schedule_debit(debit_id=debit_id, at=at)
        else:
            _look_later(debit_id, at=at)
    return len(due)


@transaction()
def schedule_debit(*, debit_id: UUID, at: datetime) -> bool:
    """Have billing make the charge by which it is debited. False when it is not its turn any more."""
    found = Debit.objects.get(pk=debit_id)
    invoice = billing.hold_invoice(invoice_id=found.invoice_id)
    debit = Debit.objects.lock(debit_id)
    if debit.status != DebitStatus.PLANNED:
        return False
    if not invoice.is_payable or invoice.remaining.cents <= 0:
        return not debit.end(DebitStatus.DROPPED, at=at, reason=invoice.status)
    if Attempt.objects.under_way().filter(invoice_id=invoice.id).exists():
        debit.expect(
            at + SOON
        )  # a card is being charged for it: what comes of that comes first
        return False
    if not is_bank_first(invoice.customer_id, at=at):
        return not _leave_to_card(debit, at=at)
    mandate = Mandate.objects.get(pk=debit.mandate_id)
    if reason := _obstacle(debit, mandate, invoice, at=at):
        return not fail_debit(debit=debit, invoice=invoice, reason=reason, at=at)
    return _schedule(debit, mandate, invoice, at=at)


def look_at_debit(*, debit_id: UUID, at: datetime) -> None:
    """Ask what became of it; when its try failed, have it tried on another day.

    Which day that is stands on record before the PSP is asked: after a lost answer, its list of tries says
    whether it knows. Raises Unavailable or Unknown: again later.
    """
    charge_id, invoice_id = _charge_of(debit_id)
    if charge_id is None:
        return
    try:
        tries = billing.read_debit(charge_id=charge_id, at=at)
    except (Unavailable, Unknown):
        note_silence(debit_id=debit_id, at=at)
        raise
    follow_debits(invoice_id=invoice_id, at=at)
    wanted = _decide(debit_id, tries, at=at)
    if wanted is None:
        return
    try:
        wanted.authorizer.retry(wanted.txid, on=wanted.on)
    except Refusal as refusal:
        _give_up(debit_id, str(refusal), at=at)


@transaction()
def _due(at: datetime) -> list[tuple[UUID, str]]:
    return list(Debit.objects.due(at).values_list("id", "status")[:BATCH])


@transaction()
def _look_later(debit_id: UUID, *, at: datetime) -> None:
    debit = Debit.objects.lock(debit_id)
    if debit.is_under_way and debit.next_at and debit.next_at <= at:
        debit.expect(at + SOON)
        publish(DebitChanged(at=at, debit_id=debit.id))


def _obstacle(
    debit: Debit, mandate: Mandate, invoice: InvoiceSummary, *, at: datetime
) -> DebitReason | None:
    if mandate.status != MandateStatus.APPROVED:
        return DebitReason.MANDATE_OVER
    if is_too_late(debit.debit_on, today=_today(at)):
        return DebitReason.TOO_LATE
    is_covered = fits(invoice.remaining, fixed=mandate.fixed, most=mandate.most)
    return None if is_covered else DebitReason.OVER_LIMIT


def _leave_to_card(debit: Debit, *, at: datetime) -> bool:
    """Its customer chose otherwise since it was planned."""
    publish(CardReady(at=at, customer_id=debit.customer_id))
    return debit.end(DebitStatus.DROPPED, at=at, reason=DebitReason.CARD_CHOSEN)


def _schedule(debit: Debit, mandate: Mandate, invoice: InvoiceSummary, *, at: datetime) -> bool:
    use = DebitUse(mandate.account_id, mandate.external_id, debit.debit_on)
    try:
        charge_id = billing.begin_debit(invoice_id=invoice.id, use=use, at=at)
    except (AlreadyDebited, CardBeingCharged, InvoiceNotOpen, MethodNotOffered) as refused:
        fail_debit(debit=debit, invoice=invoice, reason=refused.code, at=at)
        return False
    debit.schedule(charge_id, next_at=look_at(debit.debit_on, at=at))
    publish(
        DebitScheduled(
            at=at,
            debit_id=debit.id,
            mandate_id=mandate.id,
            invoice_id=invoice.id,
            customer_id=invoice.customer_id,
            debit_on=debit.debit_on,
            amount_cents=invoice.remaining.cents,
            currency=invoice.remaining.currency,
        )
    )
    return True


@transaction()
def _charge_of(debit_id: UUID) -> tuple[UUID | None, UUID]:
    debit = Debit.objects.get(pk=debit_id)
    is_asked = debit.status == DebitStatus.SCHEDULED
    return debit.charge_id if is_asked else None, debit.invoice_id


@transaction()
def _decide(debit_id: UUID, tries: tuple[DebitTry, ...], *, at: datetime) -> Retry | None:
    found = Debit.objects.get(pk=debit_id)
    invoice = billing.hold_invoice(invoice_id=found.invoice_id)
    debit = Debit.objects.lock(debit_id)
    charge = billing.charge(debit.charge_id) if debit.charge_id else None
    if debit.status != DebitStatus.SCHEDULED or charge is None or not charge.is_live:
        return None
    last = tries[-1] if tries else None
    if last is None or last.is_under_way or last.why in FATAL:
        debit.expect(look_at(last.on if last else debit.debit_on, at=at))
        note_silence(debit_id=debit_id, at=at)
        return None
    if not invoice.is_payable:
        return None
    on = _day_for(debit, tries, at=at)
    if on is None:
        fail_debit(debit=debit, invoice=invoice, reason=last.why or NO_ANSWER, at=at)
        return None
    if on != debit.try_on:
        _record_retry(debit, invoice, on, last.why, at=at)
    return Retry(_authorizer_of(debit), charge.external_id, on)


def _day_for(debit: Debit, tries: tuple[DebitTry, ...], *, at: datetime) -> date | None:
    """The one that was asked for and never arrived, while it is still to come; else the next."""
    tried = [each.on for each in tries]
    if debit.try_on not in tried and debit.try_on > _today(at):
        return debit.try_on
    return next_day(tried[0], tried, today=_today(at))


def _record_retry(
    debit: Debit, invoice: InvoiceSummary, on: date, why: str, *, at: datetime
) -> None:
    debit.try_again(on, reason=why, next_at=look_at(on, at=at))
    audit.record(
        action="debit.retried",
        entity="invoice",
        entity_id=debit.invoice_id,
        after={"debit_id": debit.id, "on": on, "reason": why},
        at=at,
    )
    tell_retry(debit=debit, invoice=invoice, at=at)


def _authorizer_of(debit: Debit) -> Authorizer:
    account_id = Mandate.objects.values_list("account_id", flat=True).get(pk=debit.mandate_id)
    return open_authorizer(account_id=account_id)


@transaction()
def _give_up(debit_id: UUID, reason: str, *, at: datetime) -> None:
    found = Debit.objects.get(pk=debit_id)
    invoice = billing.hold_invoice(invoice_id=found.invoice_id)
    fail_debit(debit=Debit.objects.lock(debit_id), invoice=invoice, reason=reason, at=at)


def _today(at: datetime) -> date:
    return at.astimezone(BRASILIA).date()
