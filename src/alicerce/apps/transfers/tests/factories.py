"""The least that is valid, for tests."""

from datetime import UTC, datetime
from typing import Any

from alicerce.apps.hosting.models import Service
from alicerce.apps.hosting.tests.factories import a_server, a_service, run_of
from alicerce.apps.transfers.models import Transfer
from alicerce.apps.transfers.services.request_transfer import request_transfer
from alicerce.apps.transfers.types import NewTransfer, Source

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
TOKEN = "SEGREDO-DA-ORIGEM"


def a_source(**given: Any) -> Source:
    facts = {"host": "203.0.113.7", "port": 2087, "login": "root", "username": "padaria1"}
    return Source(**{**facts, **given})


def an_active_service(*, customer: Any = None, **spec: str) -> Service:
    service = a_service(customer=customer, **spec)
    service.place(a_server())
    assert service.reserve(f"p{service.id.hex[-7:]}", candidate=1)
    run_of(service).succeed(at=NOON)
    service.activate(at=NOON)
    return service


def wanted(service: Service, **given: Any) -> NewTransfer:
    facts = {"source": a_source(host="cpanel.antiga.com.br"), "token": TOKEN, "note": "À noite"}
    return NewTransfer(service.id, **{**facts, **given})


def a_transfer(service: Service | None = None, **given: Any) -> Transfer:
    """Asked for as by anybody: its examination waits in the queue."""
    made = request_transfer(wanted=wanted(service or an_active_service(), **given), at=NOON)
    return Transfer.objects.get(pk=made)
