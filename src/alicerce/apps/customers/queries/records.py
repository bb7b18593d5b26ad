"""Customers as programs read them: plain rows, no instances."""

from collections.abc import Collection
from uuid import UUID

from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.customers.models import Customer
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    "id",
    "name",
    "email",
    "document",
    "document_kind",
    "locale",
    "status",
    "created_at",
)


def customer_rows(window: Window, **wanted: object) -> Slice:
    """Customers of the current tenant; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    found = slice_of(Customer.objects.filter(**narrowed), window, *COLUMNS)
    return Slice([_record(row) for row in found.rows], found.next_cursor)


def customer_record(customer_id: UUID) -> Row:
    """Raises NoSuchCustomer."""
    found = customers_by_id({customer_id})
    if customer_id not in found:
        raise NoSuchCustomer
    return found[customer_id]


def customers_by_id(customer_ids: Collection[UUID]) -> dict[UUID, Row]:
    rows = Customer.objects.filter(id__in=customer_ids).values(*COLUMNS)
    return {row["id"]: _record(row) for row in rows}


def _record(row: Row) -> Row:
    return {"object": "customer", **row}
