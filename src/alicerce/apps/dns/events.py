"""Facts of dns."""

from typing import ClassVar
from uuid import UUID

from alicerce.kernel.events import Event


class ZoneCreated(Event):
    """The zone answers with the records we wanted, as far as its host says."""

    name: ClassVar[str] = "zone.created"

    zone_id: UUID
    service_id: UUID
    domain: str
