"""What notify does when something happens."""

from alicerce.apps.notify import services
from alicerce.apps.notify.events import MessageQueued
from alicerce.kernel.clock import now
from alicerce.kernel.jobs import on


@on(MessageQueued)
def deliver_message(queued: MessageQueued) -> None:
    services.deliver(message_id=queued.message_id, at=now())
