"""A program asks for a correction, and takes it back. No money moves here."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.corrections.errors import (
    AlreadyRequested,
    CorrectionIsOver,
    NoSuchCorrection,
    TooManyCorrections,
)
from alicerce.apps.corrections.events import (
    CorrectionCanceled,
    CorrectionExpired,
    CorrectionRequested,
)
from alicerce.apps.corrections.models import Correction
from alicerce.apps.corrections.services.perform import foresee, whole
from alicerce.apps.corrections.services.tell import write_down
from alicerce.apps.corrections.types import MOST_WAITING, Wanted
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold


@transaction()
def request_correction(*, wanted: Wanted, at: datetime) -> UUID:
    """Wait for a person, with what it would do now.

    Raises what doing it would raise, AlreadyRequested, TooManyCorrections.
    """
    asked = whole(wanted=wanted)
    effect = foresee(wanted=asked, at=at)
    hold("corrections.limit")
    if Correction.objects.waiting().count() >= MOST_WAITING:
        raise TooManyCorrections
    row = Correction.ask(asked, effect, by=current().actor, at=at)
    if row is None:
        raise AlreadyRequested
    write_down(what="requested", row=row, reason=row.reason, at=at)
    publish(CorrectionRequested(at=at, **row.facts()))
    return row.id


@transaction()
def cancel_correction(*, correction_id: UUID, at: datetime) -> None:
    """Ask for it no more. Raises NoSuchCorrection, CorrectionIsOver."""
    _cancel(held(correction_id=correction_id, at=at), at=at)


@transaction()
def cancel_requested_by(*, requester: str, at: datetime) -> None:
    """Whoever asked is trusted no more: nobody should approve what they left waiting. Safe to repeat."""
    theirs = Correction.objects.waiting().filter(requested_by=requester)
    for row in theirs.select_for_update(of=("self",), no_key=True).order_by("id"):
        _cancel(row, at=at)


@transaction()
def expire_due(*, at: datetime) -> int:
    """End those that nobody decided in time; how many."""
    due = Correction.objects.due(at).select_for_update(of=("self",), skip_locked=True)
    rows = list(due.order_by("id"))
    for row in rows:
        row.expire(at=at)
        write_down(what="expired", row=row, at=at)
        publish(CorrectionExpired(at=at, **row.facts()))
    return len(rows)


def _cancel(row: Correction, *, at: datetime) -> None:
    row.cancel(at=at)
    write_down(what="canceled", row=row, at=at)
    publish(CorrectionCanceled(at=at, **row.facts()))


def held(*, correction_id: UUID, at: datetime) -> Correction:
    """One that still waits, for who decides about it. Raises NoSuchCorrection, CorrectionIsOver."""
    try:
        row: Correction = Correction.objects.lock(correction_id)
    except Correction.DoesNotExist:
        raise NoSuchCorrection from None
    if not row.may_be_decided(at):
        raise CorrectionIsOver
    return row
