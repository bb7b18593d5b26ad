"""Charges end with their time."""

from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.models import Charge
from alicerce.apps.billing.rules.charging import GRACE
from alicerce.kernel.db import transaction

BATCH = 500


@transaction()
def expire_charges(*, at: datetime) -> int:
    """End what is past its time and the grace for late news; how many charges that was.

    A payment that comes even later is booked all the same.
    """
    lapsed = Charge.objects.lapsed(at - GRACE).order_by("id")
    charges = list(
        lapsed.select_for_update(of=("self",), no_key=True, skip_locked=True)[:BATCH]
    )
    for charge in charges:
        charge.expire()
        audit.record(action="charge.expired", entity="charge", entity_id=charge.id, at=at)
    return len(charges)
