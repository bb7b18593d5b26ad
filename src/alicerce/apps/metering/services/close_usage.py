"""Write down that usage was asked for, once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from alicerce.apps.metering.models import MeteredStretch
from alicerce.apps.metering.types import Usage
from alicerce.kernel.db import transaction

MARK = """
    update metering_usagerecord as record set stretch_id = closed.stretch_id
    from unnest(%s::uuid[], %s::uuid[], %s::uuid[]) as closed (subscription_id, meter_id, stretch_id)
    where record.tenant_id = current_setting('app.tenant_id', true)::uuid
        and record.subscription_id = closed.subscription_id and record.meter_id = closed.meter_id
        and record.stretch_id is null and record.happened_at < %s
"""


@transaction(shared=True)
def close_usage(
    *, asked: Sequence[tuple[Usage, UUID | None]], until: datetime, is_free: bool = False
) -> int:
    """These were counted, and are asked for by these invoices; how many. Whoever asks holds what they are of.

    The same days twice fail it all. What is free is written down and asked for by nobody.
    """
    if not asked:
        return 0
    made = MeteredStretch.write(
        (
            usage.subscription_id,
            usage.meter_id,
            usage.starts_on,
            usage.ends_on,
            usage.quantity,
            0 if is_free else usage.amount.cents,
            usage.amount.currency,
            invoice_id,
        )
        for usage, invoice_id in asked
    )
    columns = [
        [key[0] for key in made],
        [key[1] for key in made],
        list(made.values()),
    ]
    with connection.cursor() as cursor:
        cursor.execute(MARK, [*columns, until])
    return len(made)
