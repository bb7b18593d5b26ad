"""Throw away what was sent to an endpoint that is deleted, and then what is left of it."""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.endpoints.events import ClearingDue
from alicerce.apps.endpoints.models import Attempt, Delivery, Endpoint
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

AT_A_TIME = 5000
UNTIL_FREE = timedelta(seconds=5)  # somebody still holds a row: a sender, or a fact on its way


@transaction()
def clear_deleted(*, endpoint_id: UUID, at: datetime) -> None:
    """One piece of bounded size, and another job for the next. Safe to repeat."""
    if not Endpoint.deleted.filter(pk=endpoint_id).exists():
        return
    deliveries = Delivery.objects.filter(endpoint_id=endpoint_id)
    attempts = Attempt.objects.filter(delivery__in=deliveries)
    if attempts.delete_some(most=AT_A_TIME) or deliveries.delete_some(most=AT_A_TIME):
        publish(ClearingDue(at=at, endpoint_id=endpoint_id))
    elif deliveries.exists() or not Endpoint.deleted.filter(pk=endpoint_id).delete_some(most=1):
        publish(ClearingDue(at=at, endpoint_id=endpoint_id), delay=UNTIL_FREE)
