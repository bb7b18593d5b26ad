"""What notify knows."""

from alicerce.apps.notify.models import Message
from alicerce.apps.notify.types import MessageStatus, SentLetter


def letters_to(address: str, *, limit: int) -> list[SentLetter]:
    """What was handed over for this address, the latest first."""
    sent = Message.objects.filter(to=address, status=MessageStatus.SENT)
    rows = sent.order_by("-sent_at").values_list("sent_at", "subject")
    return [SentLetter(sent_at, subject) for sent_at, subject in rows[:limit] if sent_at]
