"""The least that is valid, for tests."""

from datetime import UTC, datetime
from typing import Any

from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.orders import public as orders
from alicerce.apps.orders import queries
from alicerce.apps.orders.services.place_order import NOTHING_MORE
from alicerce.apps.orders.types import Buyer, Extras, OrderCard

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def a_buyer(**given: Any) -> Buyer:
    facts = {
        "name": "Renata Souza",
        "email": "renata@example.com",
        "document": "52998224725",
        "document_kind": "cpf",
    }
    return Buyer(**{**facts, **given})


def an_order(
    *,
    price: Any = None,
    domain: str = "padaria.com.br",
    extras: Extras = NOTHING_MORE,
    **buyer: Any,
) -> OrderCard:
    price = price or a_price()
    token = orders.place_order(
        price_id=price.id, domain=domain, buyer=a_buyer(**buyer), at=NOON, extras=extras
    )
    return queries.order_of_token(token)
