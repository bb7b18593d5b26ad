"""What other apps may ask of transfers."""

from alicerce.apps.transfers.models import LogLine, Transfer
from alicerce.apps.transfers.queries.views import TransferView, transfer_view
from alicerce.kernel.personal import PersonalRecords

__all__ = ["TransferView", "personal", "transfer_view"]

personal = PersonalRecords(Transfer, LogLine)
