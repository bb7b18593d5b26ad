"""Who is told of events by webhook, the log of events, and every delivery with its attempts."""

from alicerce.apps.endpoints.models.delivery import Attempt, Delivery, EventCounter, LoggedEvent
from alicerce.apps.endpoints.models.endpoint import SIDE_BY_SIDE, Endpoint

__all__ = ["SIDE_BY_SIDE", "Attempt", "Delivery", "Endpoint", "EventCounter", "LoggedEvent"]
