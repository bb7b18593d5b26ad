"""Subscriptions of orders that were paid before there were any, or whose subscription was never written.

Their first renewal is the edge after today of the periods that the payment began: what passed without a
subscription was delivered and is asked for no more.
"""

from datetime import datetime
from uuid import UUID

from alicerce.apps.orders.types import LineCard
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.late import late_lines
from alicerce.apps.subscriptions.services.follow_order import begin, open_line
from alicerce.apps.subscriptions.services.hold import held_schedule, reschedule
from alicerce.apps.subscriptions.types.backfill import First, LatePage
from alicerce.kernel.db import transaction

LINES = 200


def backfill_some(
    *, after: UUID | None = None, dry: bool, at: datetime, most: int = LINES
) -> LatePage:
    """Look at so many lines, and begin what was left out, each in its own transaction. Safe to repeat, and to stop.

    Dry, nothing is written, and the same is said.
    """
    found, page = late_lines(after=after, limit=most, at=at)
    for one in found:
        if one.first and not dry:
            _begin(one.sold.line, one.first, at=at)
    return page


@transaction()
def _begin(line: LineCard, first: First, *, at: datetime) -> None:
    """Counted as begun today: what was used before is asked for no more than the periods that passed."""
    schedule = held_schedule(customer_id=line.customer_id)
    if not open_line(line=line, at=at):
        return
    subscription = Subscription.objects.of_line(line.id).select_for_update(of=("self",)).get()
    begin(subscription=subscription, schedule=schedule, first=first, at=at)
    reschedule(customer_ids=[line.customer_id])
