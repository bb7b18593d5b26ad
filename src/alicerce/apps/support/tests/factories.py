"""The least that is valid, for tests."""

from datetime import UTC, datetime
from typing import Any

from alicerce.apps.support.models import Ticket
from alicerce.apps.support.public import open_ticket
from alicerce.kernel.ids import uuid7

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def a_ticket(**given: Any) -> Ticket:
    facts: dict[str, Any] = {
        "subject": "O site não abre",
        "body": "Desde ontem.",
        "key": f"assunto-{uuid7()}",
        "at": NOON,
    }
    return Ticket.objects.get(pk=open_ticket(**{**facts, **given}))
