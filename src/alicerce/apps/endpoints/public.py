"""What other apps may ask of endpoints."""

from alicerce.apps.endpoints.queries.views import logged_event, logged_events
from alicerce.apps.endpoints.rules.catalog import offered

__all__ = ["logged_event", "logged_events", "offered"]
