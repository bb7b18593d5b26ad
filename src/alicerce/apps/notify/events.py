"""Facts of notify."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class MessageQueued(Event):
    name: ClassVar[str] = "message.queued"
    is_internal: ClassVar[bool] = True

    message_id: UUID


class MessageSent(Event):
    name: ClassVar[str] = "message.sent"
    description: ClassVar = _("Um e-mail foi enviado.")

    message_id: UUID
