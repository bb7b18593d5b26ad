"""What other apps may ask of notify."""

from alicerce.apps.notify.models import Message
from alicerce.apps.notify.queries import letters_to
from alicerce.apps.notify.services import preview, send
from alicerce.kernel.personal import PersonalRecords

__all__ = ["letters_to", "personal", "preview", "send"]

personal = PersonalRecords(Message)
