"""What other apps may ask of notify."""

from alicerce.apps.notify.models import Message
from alicerce.apps.notify.services import send
from alicerce.kernel.personal import PersonalRecords

__all__ = ["personal", "send"]

personal = PersonalRecords(Message)
