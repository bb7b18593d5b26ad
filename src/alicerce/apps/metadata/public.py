"""What other apps may ask of metadata."""

from alicerce.apps.metadata.models import Datum
from alicerce.apps.metadata.queries import NOTHING, having, metadata_of, with_metadata
from alicerce.apps.metadata.services import change_metadata, hold_metadata
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "NOTHING",
    "change_metadata",
    "having",
    "hold_metadata",
    "metadata_of",
    "personal",
    "with_metadata",
]

personal = PersonalRecords(Datum)
