"""What ${app} does."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.${app}.errors import ${Noun}LabelTaken
from alicerce.apps.${app}.events import ${Noun}Closed, ${Noun}Opened
from alicerce.apps.${app}.models import ${Noun}
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def open_${noun}(*, label: str, at: datetime) -> UUID:
    """Start a ${noun} under a label nobody else in the tenant uses."""
    ${noun}, is_new = ${Noun}.objects.get_or_create(label=label)
    if not is_new:
        raise ${Noun}LabelTaken
    publish(${Noun}Opened(at=at, ${noun}_id=${noun}.id))
    return ${noun}.id


@transaction()
def close_${noun}(*, ${noun}_id: UUID, at: datetime) -> None:
    """End a ${noun}. The second time changes nothing."""
    if ${Noun}.objects.lock(${noun}_id).close(at=at):
        publish(${Noun}Closed(at=at, ${noun}_id=${noun}_id))
