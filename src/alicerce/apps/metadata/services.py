"""What metadata does."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.metadata.errors import TooMuchMetadata
from alicerce.apps.metadata.events import MetadataChanged
from alicerce.apps.metadata.models import Datum
from alicerce.apps.metadata.queries import metadata_of
from alicerce.apps.metadata.types import Changes, ThingKind
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold

MOST = 20


def hold_metadata(*, kind: ThingKind, thing_id: UUID) -> None:
    """Nobody else changes what stands on this thing until the transaction ends."""
    hold(f"metadata:{kind}:{thing_id}")


@transaction()
def change_metadata(*, kind: ThingKind, thing_id: UUID, changes: Changes, at: datetime) -> bool:
    """Put, replace and take away what is named. False when it was so already. Raises TooMuchMetadata."""
    hold_metadata(kind=kind, thing_id=thing_id)
    before = metadata_of(kind=kind, thing_ids=[thing_id])[thing_id]
    wanted = {name: value for name, value in {**before, **changes}.items() if value}
    changed = sorted(name for name in changes if before.get(name) != wanted.get(name))
    if len(wanted) > MOST:
        raise TooMuchMetadata
    if changed:
        _rewrite(kind, thing_id, {name: wanted.get(name) for name in changed})
        _record(kind, thing_id, changed, at=at)
    return bool(changed)


def _rewrite(kind: ThingKind, thing_id: UUID, changed: Changes) -> None:
    Datum.objects.filter(kind=kind, thing_id=thing_id, name__in=changed).delete()
    Datum.objects.bulk_create(
        Datum(kind=kind, thing_id=thing_id, name=name, value=value)
        for name, value in changed.items()
        if value
    )


def _record(kind: ThingKind, thing_id: UUID, names: list[str], *, at: datetime) -> None:
    """Which names, and never what they say: the trail is not erased."""
    audit.record(
        action="metadata.changed",
        entity=kind.value,
        entity_id=thing_id,
        after={"fields": names},
        at=at,
    )
    publish(MetadataChanged(at=at, kind=kind.value, thing_id=thing_id, names=tuple(names)))
