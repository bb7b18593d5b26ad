"""Events are kept a month, and what became of them as long."""

from datetime import datetime, timedelta

from alicerce.apps.endpoints.models import Attempt, Delivery, LoggedEvent
from alicerce.kernel.db import transaction

KEPT = timedelta(days=30)
AT_A_TIME = 2000


def forget_old(*, before: datetime) -> int:
    """In bites, each a transaction of its own; how many events are gone."""
    gone = 0
    while bite := _forget_some(before):
        gone += bite
    return gone


@transaction()
def _forget_some(before: datetime) -> int:
    old = LoggedEvent.objects.filter(at__lt=before).order_by("at").values_list("id", flat=True)
    ids = list(old[:AT_A_TIME])
    Attempt.objects.filter(delivery__event_id__in=ids).delete()
    Delivery.objects.filter(event_id__in=ids).delete()
    LoggedEvent.objects.filter(id__in=ids).delete()
    return len(ids)
