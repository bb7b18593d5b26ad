"""What others may ask of marketplace."""

from alicerce.apps.marketplace.models import Application, ClientSecret, Grant, Installation
from alicerce.apps.marketplace.queries.admission import admission, is_access_token
from alicerce.apps.marketplace.services.keeping import note_use
from alicerce.apps.marketplace.types import ACCESS, REFRESH
from alicerce.kernel.personal import PersonalRecords

__all__ = ["ACCESS", "REFRESH", "admission", "is_access_token", "note_use", "personal"]

personal = PersonalRecords(Application, ClientSecret, Installation, Grant)
