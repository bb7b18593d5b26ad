"""Ask again about what nobody answered: a job that died leaves no document behind."""

from datetime import datetime

from alicerce.apps.fiscal.events import CancellationAsked, FiscalDocumentQueued
from alicerce.apps.fiscal.models import FiscalDocument
from alicerce.apps.fiscal.models.document import LOOK_AGAIN
from alicerce.apps.fiscal.types import FiscalStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

BATCH = 50


@transaction()
def look_again(*, at: datetime) -> int:
    """Have the oldest looked at, each in a job of its own. How many."""
    rows = list(
        FiscalDocument.objects.unsettled(at)
        .order_by("look_at")
        .select_for_update(of=("self",), skip_locked=True)[:BATCH]
    )
    for row in rows:
        row.look_at = at + LOOK_AGAIN
        row.save(update_fields=["look_at"])
        is_ending = row.status == FiscalStatus.CANCEL_REQUESTED
        kind = CancellationAsked if is_ending else FiscalDocumentQueued
        publish(kind(at=at, document_id=row.id))
    return len(rows)
