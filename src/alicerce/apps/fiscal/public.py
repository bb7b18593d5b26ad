"""What other apps may ask of fiscal."""

from alicerce.apps.fiscal.models import FiscalDocument
from alicerce.kernel.personal import PersonalRecords

__all__ = ["personal"]

personal = PersonalRecords(FiscalDocument)
