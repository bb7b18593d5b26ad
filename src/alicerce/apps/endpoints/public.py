"""What other apps may ask of endpoints."""

from alicerce.apps.endpoints.models import Attempt, Delivery, LoggedEvent
from alicerce.apps.endpoints.queries.views import logged_event, logged_events
from alicerce.apps.endpoints.rules.catalog import OfferedEvent, offered
from alicerce.apps.endpoints.services.terms import terms
from alicerce.kernel.personal import PersonalRecords

__all__ = ["OfferedEvent", "logged_event", "logged_events", "offered", "personal", "terms"]

personal = PersonalRecords(LoggedEvent, Delivery, Attempt)
