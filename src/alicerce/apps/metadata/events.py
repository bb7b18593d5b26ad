"""Facts of metadata."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class MetadataChanged(Event):
    """Which names changed, never what they say."""

    name: ClassVar[str] = "metadata.changed"
    description: ClassVar = _("Os dados de integração de alguma coisa mudaram.")

    kind: str
    thing_id: UUID
    names: tuple[str, ...] = ()
