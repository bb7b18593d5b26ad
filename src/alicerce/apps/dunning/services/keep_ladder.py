"""Change what a company's ladders are, from now on."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from alicerce.apps.audit import public as audit
from alicerce.apps.dunning.errors import LadderNameTaken, LadderNotSound, NoSuchLadder
from alicerce.apps.dunning.models import Ladder, Walk
from alicerce.apps.dunning.queries.ladders import ladder as card_of
from alicerce.apps.dunning.rules.ladders import flaws
from alicerce.apps.dunning.types import LadderCard, LadderSpec
from alicerce.kernel import locks
from alicerce.kernel.db import transaction


@transaction()
def save_ladder(
    *, ladder_id: UUID | None, name: str, spec: LadderSpec, at: datetime
) -> LadderCard:
    """Write a new version; without an id, of the default ladder. What was done stays as it is.

    Raises LadderNotSound, LadderNameTaken, NoSuchLadder.
    """
    locks.hold("dunning:ladders")
    before = card_of(ladder_id)
    if flaws(spec):
        raise LadderNotSound
    if before.spec == spec and before.name == name:
        return before
    row = _held(before.id) if before.id else Ladder(is_default=True)
    return _write(row, name, spec, at=at)


@transaction()
def add_ladder(*, name: str, spec: LadderSpec, at: datetime) -> LadderCard:
    """One more, for the customers it will be given to. Raises LadderNotSound, LadderNameTaken."""
    locks.hold("dunning:ladders")
    if flaws(spec):
        raise LadderNotSound
    return _write(Ladder(), name, spec, at=at)


@transaction()
def make_default(*, ladder_id: UUID, at: datetime) -> bool:
    """Everybody without a ladder of their own walks this one from now on. False when they do."""
    locks.hold("dunning:ladders")
    row = _held(ladder_id)
    if row.is_default:
        return False
    Ladder.objects.filter(is_default=True).update(is_default=False)
    row.is_default = True
    row.save(update_fields=["is_default"])
    _note(row, "dunning.ladder_made_default", at=at)
    return True


def _held(ladder_id: UUID) -> Ladder:
    try:
        row: Ladder = Ladder.objects.lock(ladder_id)
    except Ladder.DoesNotExist:
        raise NoSuchLadder from None
    return row


def _write(row: Ladder, name: str, spec: LadderSpec, *, at: datetime) -> LadderCard:
    row.name = name
    try:
        with transaction():
            row.save()
    except IntegrityError:
        raise LadderNameTaken from None
    row.write(spec, at=at)
    _note(row, "dunning.ladder_changed", at=at)
    return row.card()


def _note(row: Ladder, action: str, *, at: datetime) -> None:
    """On record; and every invoice on its way is planned anew."""
    Walk.objects.look_again(at=at)
    audit.record(
        action=action,
        entity="ladder",
        entity_id=row.id,
        after={"name": row.name, "version": row.version},
        at=at,
    )
