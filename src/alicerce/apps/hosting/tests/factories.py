"""The least that is valid, for tests."""

from datetime import UTC, datetime
from typing import Any

from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.tests.factories import a_customer, a_person
from alicerce.apps.hosting.models import (
    Difference,
    Hold,
    Pool,
    ProvisioningRun,
    Server,
    Service,
)
from alicerce.apps.hosting.services.open_service import open_service
from alicerce.apps.hosting.types import PRODUCT_KIND, Cause, DifferenceKind, Origin, Scope
from alicerce.apps.orders.models import Line, Order, OrderCounter
from alicerce.apps.orders.types import LineStatus, OrderStatus
from alicerce.kernel.crypto import seal
from alicerce.kernel.ids import uuid7

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
TOKEN = "SEGREDO-DO-PAINEL"


def a_pool(**given: Any) -> Pool:
    return Pool.objects.create(**{"name": f"pool-{uuid7().hex[-6:]}", "region": "sp", **given})


def a_server(**given: Any) -> Server:
    token = given.pop("token", TOKEN)
    facts: dict[str, Any] = {
        "name": f"sp-{uuid7().hex[-6:]}",
        "hostname": "sp-01.padaria.example",
        "base_url": "https://127.0.0.1:1",
        "ip": "192.0.2.10",
        "nameservers": ["ns1.padaria.example", "ns2.padaria.example"],
        "max_accounts": 100,
    }
    server = Server(**{**facts, **given, "pool": given.get("pool") or a_pool()})
    seal(server, "token", token)
    server.save()
    return server


def a_spec(**given: str) -> dict[str, str]:
    facts = {"domain": "padaria.com.br", "package": "pro", "plan_name": "Pro", "region": ""}
    return {**facts, **given}


def a_line(customer: Any) -> Line:
    """A line of a paid order, handed over for delivery."""
    order = Order.objects.create(
        number=OrderCounter.next(),
        customer=customer,
        token=uuid7().hex,
        status=OrderStatus.DELIVERING,
        currency="BRL",
        total_cents=4990,
        placed_at=NOON,
    )
    return Line.objects.create(
        order=order,
        price=a_price(),
        kind=PRODUCT_KIND,
        description="Hospedagem Pro",
        cycle="monthly",
        amount_cents=4990,
        status=LineStatus.DELIVERING,
    )


def a_service(*, customer: Any = None, **spec: str) -> Service:
    """Opened as by a paid line: its first run waits in the queue."""
    if customer is None:
        customer = a_customer()
        a_person(email=customer.email)
    card = open_service(
        line_id=a_line(customer).id, customer_id=customer.id, spec=a_spec(**spec), at=NOON
    )
    return Service.objects.get(pk=card.id)


def a_hold(service: Service, **given: Any) -> Hold:
    facts: dict[str, Any] = {
        "cause": Cause.STAFF,
        "origin": Origin.PERSON,
        "scope": Scope.ALL,
        "reason": "Conferir documentos",
        "since": NOON,
    }
    return Hold.objects.create(**{**facts, **given, "service": service})


def a_difference(server: Server, service: Service | None = None, **given: Any) -> Difference:
    facts: dict[str, Any] = {
        "kind": DifferenceKind.PACKAGE,
        "username": "padaria1",
        "domain": "padaria.com.br",
        "ours": "pro",
        "theirs": "max",
        "first_seen_at": NOON,
        "last_seen_at": NOON,
    }
    return Difference.objects.create(**{**facts, **given, "server": server, "service": service})


def run_of(service: Service) -> ProvisioningRun:
    return ProvisioningRun.objects.get(service=service)
