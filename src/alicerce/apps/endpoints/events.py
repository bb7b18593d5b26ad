"""Facts of endpoints."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from alicerce.kernel.events import Event


class DeliveriesDue(Event):
    """Something may be ready to leave for an endpoint."""

    name: ClassVar[str] = "endpoint.deliveries_due"
    is_internal: ClassVar[bool] = True

    endpoint_id: UUID


class EndpointDisabled(Event):
    name: ClassVar[str] = "endpoint.disabled"
    description: ClassVar = _("Um endereço de webhook foi desativado.")

    endpoint_id: UUID
    reason: str


class ClearingDue(Event):
    """An endpoint is deleted, and what was sent to it may go."""

    name: ClassVar[str] = "endpoint.clearing_due"
    is_internal: ClassVar[bool] = True

    endpoint_id: UUID


class OldEventsDue(Event):
    """Events older than the log is kept may be forgotten."""

    name: ClassVar[str] = "event_log.old_events_due"
    is_internal: ClassVar[bool] = True

    before: AwareDatetime
