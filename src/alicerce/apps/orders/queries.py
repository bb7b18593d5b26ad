"""What was ordered."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from alicerce.apps.orders.errors import NoSuchOrder
from alicerce.apps.orders.models import Line, Order
from alicerce.apps.orders.types import LineCard, OrderCard, OrderStatus
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.db import transaction
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
    "token",
)
LINE_COLUMNS = ("id", "order_id", "kind", "description", "cycle", "amount_cents", "status")

PAGE = 50


def order_of_token(token: str) -> OrderCard:
    """The order whose link this is. Raises NoSuchOrder."""
    return _only(Order.objects.filter(token=token))


def order(order_id: UUID) -> OrderCard:
    """Raises NoSuchOrder."""
    return _only(Order.objects.filter(pk=order_id))


def orders_of(customer_id: UUID, *, limit: int = PAGE) -> list[OrderCard]:
    """The latest orders of a customer."""
    return _cards(list(Order.objects.filter(customer_id=customer_id).order_by("-id")[:limit]))


@transaction()
def orders_owed_to(customer_id: UUID) -> int:
    """How many orders of this customer are paid for and still to be delivered."""
    owed = Order.objects.filter(customer_id=customer_id, status=OrderStatus.DELIVERING)
    return owed.count()


def line(line_id: UUID) -> LineCard:
    """Raises Line.DoesNotExist."""
    found = Line.objects.select_related("order").get(pk=line_id)
    return found.card(customer_id=found.order.customer_id)


def _only(found: "QuerySet[Order]") -> OrderCard:
    cards = _cards(list(found[:1]))
    if not cards:
        raise NoSuchOrder
    return cards[0]


def _cards(orders: Sequence[Order]) -> list[OrderCard]:
    """All their lines in one look, however many orders."""
    lines: dict[UUID, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(order_id__in=[order.id for order in orders]).order_by("id"):
        lines[line.order_id].append(line)
    return [_card(order, lines[order.id]) for order in orders]


def _card(order: Order, lines: Sequence[Line]) -> OrderCard:
    return OrderCard(
        id=order.id,
        number=order.number,
        token=order.token,
        status=OrderStatus(order.status),
        customer_id=order.customer_id,
        description=display_domains(", ".join(line.description for line in lines)),
        domain=lines[0].spec.get("domain", "") if lines else "",
        cycle=lines[0].cycle if lines else "",
        total=order.total,
        placed_at=order.placed_at,
        lines=tuple(line.card(customer_id=order.customer_id) for line in lines),
    )


def order_rows(window: Window, **wanted: object) -> Slice:
    """Orders with their lines, as programs read them; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    found = slice_of(Order.objects.filter(**narrowed), window, *ORDER_COLUMNS)
    return Slice(_records(found.rows), found.next_cursor)


def order_record(order_id: UUID) -> Row:
    """Raises NoSuchOrder."""
    found = orders_by_id({order_id})
    if order_id not in found:
        raise NoSuchOrder
    return found[order_id]


def orders_by_id(order_ids: Collection[UUID]) -> dict[UUID, Row]:
    rows = Order.objects.filter(id__in=order_ids).values(*ORDER_COLUMNS)
    return {row["id"]: row for row in _records(list(rows))}


def orders_of_lines(line_ids: Collection[UUID]) -> dict[UUID, Row]:
    """The order of each of these lines, by line."""
    found = dict(Line.objects.filter(id__in=line_ids).values_list("id", "order_id"))
    orders = orders_by_id(set(found.values()))
    return {line_id: orders[order_id] for line_id, order_id in found.items()}


def _records(orders: Sequence[Row]) -> list[Row]:
    lines: dict[UUID, list[Row]] = defaultdict(list)
    found = Line.objects.filter(order_id__in=[order["id"] for order in orders]).order_by("id")
    for line in found.values(*LINE_COLUMNS, domain=KeyTextTransform("domain", "spec")):
        lines[line.pop("order_id")].append({"object": "order_line", **line})
    for order in orders:
        order["page_path"] = f"/pedido/{order.pop('token')}/"
    return [{"object": "order", **order, "lines": lines[order["id"]]} for order in orders]
