"""Customers as programs read them: plain rows, no instances."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.customers.models import Customer, Tag
from alicerce.apps.customers.queries.customers import tags_of
from alicerce.apps.metadata import public as things
from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    "id", "kind", "name", "trade_name", "email", "document", "document_kind", "phone", "locale",
    "status", "tier_id", "external_reference", "state_registration", "city_registration",
    "iss_withheld", "created_at",
)  # fmt: skip


def customer_rows(
    window: Window,
    *,
    tag: str | None = None,
    metadata: Mapping[str, str] = things.NOTHING,
    **wanted: object,
) -> Slice:
    """Customers of the current tenant; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    standing = things.having(metadata, kind=ThingKind.CUSTOMER)
    rows = Customer.objects.filter(standing, **narrowed)
    if tag is not None:
        rows = rows.filter(pk__in=Tag.objects.filter(name=tag.lower()).values("customer_id"))
    found = slice_of(rows, window, *COLUMNS)
    return Slice(_records(found.rows), found.next_cursor)


def customer_record(customer_id: UUID) -> Row:
    """Raises NoSuchCustomer."""
    found = customers_by_id({customer_id})
    if customer_id not in found:
        raise NoSuchCustomer
    return found[customer_id]


def names_of(customer_ids: Collection[UUID]) -> dict[UUID, str]:
    """What they are called, and nothing else of them."""
    rows = Customer.objects.filter(id__in=customer_ids)
    return dict(rows.values_list("id", "name"))


def customers_by_id(customer_ids: Collection[UUID]) -> dict[UUID, Row]:
    rows = Customer.objects.filter(id__in=customer_ids).values(*COLUMNS)
    return {row["id"]: row for row in _records(list(rows))}


def _records(rows: Sequence[Row]) -> list[Row]:
    tags = tags_of([row["id"] for row in rows])
    told = [{"object": "customer", **row, "tags": tags[row["id"]]} for row in rows]
    return things.with_metadata(told, kind=ThingKind.CUSTOMER)


def customer_ids(*, after: UUID | None, limit: int) -> list[UUID]:
    """Those that come next in the order of ids."""
    rows = Customer.objects.order_by("id")
    if after:
        rows = rows.filter(id__gt=after)
    return list(rows.values_list("id", flat=True)[:limit])


def count_customers() -> int:
    return int(Customer.objects.count())
