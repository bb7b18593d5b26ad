"""The program's own queries, caught on their way to the database, and their twins without policies."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.queries.invoices import PAGE, invoices
from alicerce.apps.customers.models import Customer
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction

SAMPLE = 40
DEEP = 900
FROM = re.compile(r' (?:FROM|JOIN) "(\w+)"')


@dataclass(frozen=True)
class Query:
    """One statement for one tenant."""

    tenant_id: UUID
    sql: str
    params: tuple[Any, ...]

    def with_plain_where(self) -> "Query":
        """What a careful developer writes without policies: the tenant, for every table read."""
        tables = FROM.findall(self.sql)
        wheres = "".join(f'"{table}"."tenant_id" = %s AND ' for table in tables)
        sql = self.sql.replace(" WHERE ", f" WHERE {wheres}", 1)
        return Query(self.tenant_id, sql, (*[self.tenant_id] * len(tables), *self.params))


@dataclass(frozen=True)
class Case:
    name: str
    run: Callable[["Sights"], object]

    def caught(self, sights: Sequence["Sights"]) -> list[Query]:
        return [_caught(self.run, seen) for seen in sights]


@dataclass(frozen=True)
class Sights:
    """A tenant, the key of a page far down its list, and one of its customers."""

    tenant_id: UUID
    deep: UUID
    customer_id: UUID


def sample(tenant_ids: Sequence[UUID]) -> list[Sights]:
    return [_look_around(tenant_id) for tenant_id in tenant_ids[:SAMPLE]]


def _look_around(tenant_id: UUID) -> Sights:
    with acting(tenant_id=tenant_id), transaction():
        ids = Invoice.objects.newest_first().values_list("id", flat=True)
        customer = Customer.objects.order_by("id").values_list("id", flat=True)[7]
        return Sights(tenant_id, ids[DEEP], customer)


def first_page(seen: Sights) -> object:
    return invoices()


def deep_page(seen: Sights) -> object:
    return invoices(before=seen.deep)


def page_of_customer(seen: Sights) -> object:
    return invoices(customer_ids=[seen.customer_id])


def with_customers(seen: Sights) -> object:
    rows = Invoice.objects.issued().newest_first().select_related("customer")
    return list(rows[: PAGE + 1])


CASES = (
    Case("first page, 50 rows", first_page),
    Case(f"page after row {DEEP}", deep_page),
    Case("first page of one customer", page_of_customer),
    Case("first page joined to customers", with_customers),
)


def _caught(run: Callable[[Sights], object], seen: Sights) -> Query:
    found: list[Query] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if sql.startswith("SELECT"):
            found.append(Query(seen.tenant_id, sql, tuple(params)))
        return execute(sql, params, many, context)

    with acting(tenant_id=seen.tenant_id), transaction(), connection.execute_wrapper(keep):
        run(seen)
    (query,) = found
    return query
