"""A person decides about what a program asked for."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.corrections.errors import MoneyMoved
from alicerce.apps.corrections.events import CorrectionCarriedOut, CorrectionRefused
from alicerce.apps.corrections.services.ask import held
from alicerce.apps.corrections.services.perform import perform
from alicerce.apps.corrections.services.tell import write_down
from alicerce.apps.corrections.types import Effect
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def carry_out(*, correction_id: UUID, seen: Effect, by: UUID, at: datetime) -> None:
    """Do what this person saw, once: in the commit that says it was done.

    Raises NoSuchCorrection, CorrectionIsOver, MoneyMoved when it does anything else than was seen,
    and what the service that does it raises.
    """
    row = held(correction_id=correction_id, at=at)
    effect, result_id = perform(wanted=row.view().wanted, at=at)
    if effect != seen:
        raise MoneyMoved
    row.carry_out(effect, by=by, result_id=result_id, at=at)
    write_down(what="carried_out", row=row, at=at)
    publish(CorrectionCarriedOut(at=at, **row.facts(), decided_by=by, result_id=result_id))


@transaction()
def refuse(*, correction_id: UUID, reason: str, by: UUID, at: datetime) -> None:
    """Say no, and why. Raises NoSuchCorrection, CorrectionIsOver."""
    row = held(correction_id=correction_id, at=at)
    row.refuse(reason, by=by, at=at)
    write_down(what="refused", row=row, reason=reason, at=at)
    publish(CorrectionRefused(at=at, **row.facts(), decided_by=by))
