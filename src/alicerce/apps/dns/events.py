"""Facts of dns."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class ZoneCreated(Event):
    """The zone answers with the records we wanted, as far as its host says."""

    name: ClassVar[str] = "zone.created"
    description: ClassVar = _("Uma zona DNS foi criada.")

    zone_id: UUID
    service_id: UUID
    domain: str


class ZoneWanted(Event):
    """Somebody wants a zone; its host has not been asked yet."""

    name: ClassVar[str] = "zone.wanted"
    is_internal: ClassVar[bool] = True

    zone_id: UUID
    ip: str
