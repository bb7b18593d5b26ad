"""Destroy tokens that were kept for long enough, whatever became of their transfers."""

from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.transfers.models import Transfer
from alicerce.apps.transfers.types import Code, Said
from alicerce.kernel.db import transaction


@transaction()
def destroy_tokens(*, before: datetime, at: datetime) -> int:
    """Of transfers that are not over; the others have none. How many that was."""
    found = Transfer.objects.with_token_before(before).order_by("id")
    held = list(found.select_for_update(of=("self",), no_key=True))
    for transfer in held:
        transfer.destroy_token()
        transfer.tell(Said(Code.FORGOTTEN), at=at)
        audit.record(
            action="transfer.token_destroyed",
            entity="transfer",
            entity_id=transfer.id,
            at=at,
        )
    return len(held)
