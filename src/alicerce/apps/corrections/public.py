"""What other apps may ask of corrections."""

from alicerce.apps.corrections.models import Correction
from alicerce.apps.corrections.services.ask import cancel_requested_by
from alicerce.kernel.personal import PersonalRecords

__all__ = ["cancel_requested_by", "personal"]

personal = PersonalRecords(Correction)
