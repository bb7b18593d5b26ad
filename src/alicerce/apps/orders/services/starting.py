"""When what is ordered begins, and when its invoice is issued, by the rules of renewals."""

from datetime import date, datetime, timedelta

from alicerce.apps.orders.errors import BadStart
from alicerce.apps.orders.ports import lead_days
from alicerce.apps.orders.rules import LATEST_START
from alicerce.apps.orders.types import Sale
from alicerce.apps.taxes.public import local_day


def start_of(*, sale: Sale | None, is_trial: bool, at: datetime) -> date | None:
    """The first day, where it was said; None is the day of the payment. Raises BadStart."""
    if sale is None or sale.starts_on is None:
        return None
    today = local_day(at)
    if is_trial or not today < sale.starts_on <= today + LATEST_START:
        raise BadStart
    return sale.starts_on


def invoice_day(*, starts_on: date | None, at: datetime) -> date:
    """As early as that of a renewal, and never before today."""
    today = local_day(at)
    if starts_on is None:
        return today
    ahead = max([days() for days in lead_days.values()], default=0)
    return max(starts_on - timedelta(days=ahead), today)
