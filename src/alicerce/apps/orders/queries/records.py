"""Orders as programs read them: plain rows, no instances."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from django.db.models.fields.json import KeyTextTransform

from alicerce.apps.catalog.types import ItemKind
from alicerce.apps.metadata import public as things
from alicerce.apps.metadata.types import ThingKind
from alicerce.apps.orders.errors import NoSuchOrder
from alicerce.apps.orders.models import Line, Order
from alicerce.apps.orders.queries.answers import answers_of
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

ORDER_COLUMNS = (
    "id",
    "number",
    "status",
    "customer_id",
    "total_cents",
    "currency",
    "placed_at",
    "completed_at",
    "canceled_at",
    "cancel_cause",
    "starts_on",
    "terms_version",
    "asks_terms",
    "agreed_by",
    "agreed_at",
    "agreed_from",
    "trial_days",
    "trial_card",
    "token",
)
LINE_COLUMNS = (
    "id",
    "order_id",
    "goes_along",
    "kind",
    "description",
    "cycle",
    "amount_cents",
    "status",
)

NO_OPTION = {"option_id": None, "choice_id": None}


def order_rows(
    window: Window,
    *,
    metadata: Mapping[str, str] = things.NOTHING,
    with_pages: bool = False,
    with_personal: bool = False,
    **wanted: object,
) -> Slice:
    """Orders with their lines, as programs read them; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    standing = things.having(metadata, kind=ThingKind.ORDER)
    found = slice_of(Order.objects.filter(standing, **narrowed), window, *ORDER_COLUMNS)
    told = _records(found.rows, with_pages=with_pages, with_personal=with_personal)
    return Slice(told, found.next_cursor)


def order_record(
    order_id: UUID, *, with_pages: bool = False, with_personal: bool = False
) -> Row:
    """Raises NoSuchOrder."""
    found = orders_by_id({order_id}, with_pages=with_pages, with_personal=with_personal)
    if order_id not in found:
        raise NoSuchOrder
    return found[order_id]


def orders_by_id(
    order_ids: Collection[UUID], *, with_pages: bool = False, with_personal: bool = False
) -> dict[UUID, Row]:
    rows = list(Order.objects.filter(id__in=order_ids).values(*ORDER_COLUMNS))
    told = _records(rows, with_pages=with_pages, with_personal=with_personal)
    return {row["id"]: row for row in told}


def orders_of_lines(line_ids: Collection[UUID]) -> dict[UUID, Row]:
    """The order of each of these lines, by line."""
    found = dict(Line.objects.filter(id__in=line_ids).values_list("id", "order_id"))
    orders = orders_by_id(set(found.values()))
    return {line_id: orders[order_id] for line_id, order_id in found.items()}


def _records(orders: Sequence[Row], *, with_pages: bool, with_personal: bool) -> list[Row]:
    """The page of an order acts for its buyer: its address is for who may order in their name."""
    lines: dict[UUID, list[Row]] = defaultdict(list)
    found = Line.objects.filter(order_id__in=[order["id"] for order in orders]).order_by("id")
    columns = (*LINE_COLUMNS, "items", "discount", "price_id")
    for line in found.values(*columns, domain=KeyTextTransform("domain", "spec")):
        items = line.pop("items") or [_whole(line)]
        off = line.pop("discount")
        said = {"object": "order_line", **line, "items": [{**NO_OPTION, **i} for i in items]}
        said |= {"coupon": off.get("code") or None, "discount_cents": off.get("cents", 0)}
        del said["price_id"]
        lines[said.pop("order_id")].append(said)
    base_url = tenancy.tenant_card().base_url if with_pages and orders else ""
    for order in orders:
        order["cancel_cause"] = order["cancel_cause"] or None
        order["terms_pending"] = order.pop("asks_terms")
        order["terms_evidence"] = _evidence(order, with_personal=with_personal)
        token = order.pop("token")
        path = f"/pedido/{token}/" if with_pages else None
        order["page_path"] = path
        order["page_url"] = path and tenancy.page_url(path, base_url=base_url)
    answers = answers_of([order["id"] for order in orders], with_personal=with_personal)
    told = [
        {
            "object": "order",
            **order,
            "lines": lines[order["id"]],
            "answers": [asdict(each) for each in answers[order["id"]]],
        }
        for order in orders
    ]
    return things.with_metadata(told, kind=ThingKind.ORDER)


def _evidence(order: Row, *, with_personal: bool) -> Row | None:
    """As the place says where its buyer agreed; who and from where is for who may read people."""
    by, at, address = (order.pop(name) for name in ("agreed_by", "agreed_at", "agreed_from"))
    if at is None:
        return None
    told = (by or None, address or None) if with_personal else (None, None)
    return {"accepted_by": told[0], "accepted_at": at, "address": told[1]}


def _whole(line: Row) -> Row:
    """A line from before its parts were kept: one plan at its price."""
    return {
        "kind": ItemKind.PLAN,
        "price_id": line["price_id"],
        "name": line["description"],
        "quantity": 1,
        "unit_cents": line["amount_cents"],
    }
