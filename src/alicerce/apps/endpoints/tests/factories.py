"""The least that is valid, for tests of endpoints."""

from datetime import UTC, datetime
from typing import Any

from alicerce.apps.billing.events import InvoicePaid
from alicerce.apps.endpoints.models import Endpoint
from alicerce.apps.endpoints.services.manage_endpoint import create_endpoint
from alicerce.apps.endpoints.types import EndpointForm
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.ids import uuid7

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def a_form(**given: Any) -> EndpointForm:
    return EndpointForm(**{"url": "https://loja.example/hooks", "types": ("*",), **given})


def an_endpoint(**given: Any) -> Endpoint:
    endpoint_id, _ = create_endpoint(form=a_form(**given), at=NOON)
    return Endpoint.objects.get(pk=endpoint_id)


def an_event(**given: Any) -> InvoicePaid:
    facts = {
        "at": NOON,
        "invoice_id": uuid7(),
        "order_id": None,
        "customer_id": uuid7(),
        "method": "pix",
        "total_cents": 2990,
        "currency": "BRL",
    }
    return InvoicePaid(**{**facts, **given})


def tell(*events: Any) -> None:
    with transaction():
        for event in events:
            publish(event)
