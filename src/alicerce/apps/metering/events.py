"""Facts of metering."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class MeterAdded(Event):
    name: ClassVar[str] = "meter.added"
    description: ClassVar = _("Um plano passou a medir o uso de alguma coisa.")

    meter_id: UUID
    plan_id: UUID
    key: str


class MeterRetired(Event):
    """No more of it is recorded; what was recorded is still asked for."""

    name: ClassVar[str] = "meter.retired"
    description: ClassVar = _("Um plano deixou de medir o uso de alguma coisa.")

    meter_id: UUID
    plan_id: UUID
    key: str
