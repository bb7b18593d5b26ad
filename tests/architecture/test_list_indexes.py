"""Each filter and each order of each list of the API is answered by an index, whatever there is of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, get_args, get_origin
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alicerce.apps.catalog.tests.factories import a_plan
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.developers.tests.factories import a_key
from alicerce.apps.endpoints.tests.factories import an_endpoint
from alicerce.apps.forecasts.tests.factories import a_forecast
from alicerce.kernel.rest.listing import ListQuery
from alicerce.surfaces.api.application import operations_by_path
from alicerce.surfaces.api.tests.conftest import Api

PLAIN = set(ListQuery.model_fields)
WITHIN = {
    "customer_id": lambda: a_customer().id,
    "endpoint_id": lambda: an_endpoint().id,
    "forecast_id": a_forecast,
    "plan_id": lambda: a_plan().id,
}
# The list itself: what is told of each of its rows is looked up by key, without a limit, and the
# one thing that it is of by a limit of one.
LIST = re.compile(
    r'^SELECT .*? FROM "(?P<table>\w+)"(?P<where>.*) ORDER BY .+ LIMIT (?!1$)\d+$', re.DOTALL
)
NEGATED = re.compile(r"NOT \([^()]*\)")
# A partial index counts where what it asks is said of what is given, or of the order.
ALL_INDEXES = """
    select array_agg(a.attname order by k.place) as columns,
        coalesce((select array_agg(b.attname) from pg_attribute b
            where b.attrelid = x.indrelid and b.attnum > 0
                and pg_get_expr(x.indpred, x.indrelid) ~ ('\\m' || b.attname || '\\M')), '{}')
    from pg_index x cross join unnest(x.indkey::int2[]) with ordinality k (number, place)
        join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number
    where x.indrelid = %s::regclass and x.indexprs is null and k.place <= x.indnkeyatts
    group by x.indexrelid, x.indrelid, x.indpred
"""
# A filter that another table answers: the list is then narrowed by its keys.
ELSEWHERE = {"/customers?tag": ("customers_tag", {"name"}, ())}
# One thing, or one word, of which there may be very many.
MANY = {"tier_id", "type", "customer_id"}
# What is few by nature, whatever the company: people make them by hand, or one account has one a month.
FEW = {"/issuers", "/payment-accounts", "/plans", "/platform/invoices", "/platform/payments"}


@dataclass(frozen=True)
class Listing:
    """A list, by one of its filters or of its orders."""

    path: str
    name: str
    query: str
    order: tuple[str, ...]
    is_of_one_thing: bool
    """What is found by one thing, or one word, is little: sorting it costs nothing."""

    def __str__(self) -> str:
        return f"{self.path}?{self.name}"


def listings() -> Iterator[Listing]:
    for path, operations in operations_by_path().items():
        asked = _query_of(operations.get("GET"))
        if asked is None:
            continue
        for order in get_args(asked.model_fields["sort"].annotation):
            keys = asked.orders.get(order) or asked.orders[order.removeprefix("-")]
            yield Listing(path, f"sort={order}", f"sort={order}", keys, "{" in path)
        for name in asked.model_fields.keys() - PLAIN:
            value, is_little = _value_of(asked.model_fields[name].annotation)
            query, is_little = f"{name}={value}", is_little and name not in MANY
            yield Listing(path, name, query, ("id",), is_little)


def _query_of(operation: Any) -> type[ListQuery] | None:
    for model in operation.models if operation else ():
        for field in model.model_fields.values():
            kind = field.annotation
            if isinstance(kind, type) and issubclass(kind, ListQuery):
                return kind
    return None


def _value_of(annotation: Any) -> tuple[Any, bool]:
    """Something that the filter takes, and whether it says one thing rather than one of a few kinds."""
    kinds = [kind for kind in get_args(annotation) if kind is not type(None)] or [annotation]
    if get_origin(kinds[0]) is Literal:
        return get_args(kinds[0])[-1], False
    if kinds[0] is bool:
        return "true", False
    if issubclass(kinds[0], Enum):
        return list(kinds[0])[-1].value, False
    return (uuid4() if kinds[0] is UUID else "529.982.247-25"), True


def is_led(columns: list[str], *, given: set[str], order: tuple[str, ...]) -> bool:
    """The company first, then what is given in whatever order, then the order of the list."""
    here, rest = columns[1 : 1 + len(given)], columns[1 + len(given) :]
    return columns[0] == "tenant_id" and set(here) == given and rest[: len(order)] == [*order]


def asked_of(api: Api, listing: Listing) -> tuple[str, set[str]]:
    """The table of the list, and the columns that are given by equality."""
    path = re.sub(r"\{\w+:(\w+)\}", lambda found: str(WITHIN[found[1]]()), listing.path)
    with CaptureQueriesContext(connection) as queries:
        answer = api.get(f"{path}?{listing.query}")
    assert answer.status_code == 200, answer.text
    (found,) = filter(None, (LIST.match(one["sql"]) for one in queries))
    table = found["table"]
    said = NEGATED.sub("", found["where"])
    given = set(re.findall(rf'"{table}"\."(\w+)" = [\'\w]', said))
    return table, given - {"tenant_id", "id"}


def indexes_of(table: str, known: set[str]) -> list[list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(ALL_INDEXES, [table])
        found = cursor.fetchall()
    told = [(columns, set(asks)) for columns, asks in found if set(asks) <= known]
    return [[columns[0], *(asks - {*columns}), *columns[1:]] for columns, asks in told]


@pytest.fixture
def api(tenant):
    return Api(a_key(tenant).secret)


def test_every_list_is_asked_about():
    found = {listing.path for listing in listings()}

    assert len(found) >= 20
    assert {"/customers", "/invoices", "/events"} <= found


@pytest.mark.parametrize("listing", sorted(listings(), key=str), ids=str)
def test_is_answered_by_an_index(listing, api):
    if listing.path in FEW:
        return
    table, given = asked_of(api, listing)
    order = () if listing.is_of_one_thing else listing.order
    if elsewhere := ELSEWHERE.get(str(listing)):
        table, given, order = elsewhere
    known = indexes_of(table, given | set(order))

    assert any(is_led(columns, given=given, order=order) for columns in known), (
        f"{table} has no index on tenant_id, {sorted(given)}, {[*order]}; it has {known}"
    )
