"""What other apps may ask of corrections: what they say of people."""

from alicerce.apps.corrections.models import Correction
from alicerce.kernel.personal import PersonalRecords

__all__ = ["personal"]

personal = PersonalRecords(Correction)
