"""Facts of notify."""

from typing import ClassVar
from uuid import UUID

from alicerce.kernel.events import Event


class MessageQueued(Event):
    name: ClassVar[str] = "message.queued"

    message_id: UUID


class MessageSent(Event):
    name: ClassVar[str] = "message.sent"

    message_id: UUID
