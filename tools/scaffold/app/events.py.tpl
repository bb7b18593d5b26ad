"""Facts of ${app}."""

from typing import ClassVar
from uuid import UUID

from alicerce.kernel.events import Event


class ${Noun}Opened(Event):
    name: ClassVar[str] = "${noun}.opened"

    ${noun}_id: UUID


class ${Noun}Closed(Event):
    name: ClassVar[str] = "${noun}.closed"

    ${noun}_id: UUID
