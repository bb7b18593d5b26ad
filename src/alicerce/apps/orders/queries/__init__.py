"""What was ordered."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alicerce.apps.orders.errors import NoSuchOrder
from alicerce.apps.orders.models import Line, Order
from alicerce.apps.orders.rules import UNPAID_FOR
from alicerce.apps.orders.types import (
    LineCard,
    LineStatus,
    LineView,
    OrderCard,
    OrderDetail,
    OrderPage,
    OrderRow,
    OrderStatus,
    OrdersWanted,
    SoldLine,
)
from alicerce.kernel.brazil import BadDomain, display_domains, normalize_domain
from alicerce.kernel.db import as_operator, transaction
from alicerce.kernel.money import Money

PAGE = 50
HANDED_OVER = (OrderStatus.DELIVERING, OrderStatus.COMPLETED)


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


def sold_of_prices(price_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many items were ordered at each of these prices and not canceled."""
    lines = Line.objects.filter(price_id__in=price_ids).exclude(status=LineStatus.CANCELED)
    return dict(lines.values_list("price_id").annotate(Count("id")).order_by())


def lines_to_deliver(kind: str) -> dict[UUID, dict[str, str]]:
    """What each line of this kind says that was ordered and neither delivered nor canceled."""
    return dict(Line.objects.to_deliver(kind).values_list("id", "spec"))


def line(line_id: UUID) -> LineCard:
    """Raises Line.DoesNotExist."""
    found = Line.objects.select_related("order").get(pk=line_id)
    return _line(found, found.order)


@transaction()
def sold_lines(*, cycles: Collection[str], after: UUID | None, limit: int) -> list[SoldLine]:
    """Lines of these cycles that were handed over to be delivered, by id; the next page is after the last."""
    rows = Line.objects.filter(cycle__in=cycles, order__status__in=HANDED_OVER)
    rows = rows.exclude(status=LineStatus.CANCELED)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = rows.select_related("order").order_by("id")[:limit]
    return [SoldLine(row.order.number, _line(row, row.order)) for row in found]


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
        lines=tuple(_line(line, order) for line in lines),
        trial_days=order.trial_days,
        trial_card=order.trial_card,
        writes=order.writes,
        asks_terms=order.asks_terms,
        starts_on=order.starts_on,
        invoice_on=order.invoice_on,
    )


def _line(line: Line, order: Order) -> LineCard:
    return line.card(
        customer_id=order.customer_id, currency=order.currency, trial_days=order.trial_days
    )


def order_page(
    wanted: OrdersWanted, *, before: UUID | None = None, limit: int = PAGE
) -> OrderPage:
    """Newest first; the next page begins before the last id."""
    rows = _narrowed(wanted)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.newest_first()[: limit + 1])
    shown = found[:limit]
    words = _descriptions([row.id for row in shown])
    more = len(found) > limit
    return OrderPage(
        tuple(_row(row, words[row.id]) for row in shown), shown[-1].id if more else None
    )


def find_orders(words: str, *, limit: int) -> tuple[OrderRow, ...]:
    """Orders of the current tenant with this number, or for a domain that begins so."""
    return order_page(OrdersWanted(text=words), limit=limit).orders


def order_detail(order_id: UUID) -> OrderDetail:
    """Raises NoSuchOrder."""
    found = Order.objects.filter(pk=order_id).first()
    if found is None:
        raise NoSuchOrder
    lines = list(Line.objects.filter(order_id=order_id).order_by("id"))
    return OrderDetail(
        id=found.id,
        number=found.number,
        token=found.token,
        status=OrderStatus(found.status),
        customer_id=found.customer_id,
        description=display_domains(", ".join(line.description for line in lines)),
        total=found.total,
        paid_by=found.paid_by,
        placed_at=found.placed_at,
        completed_at=found.completed_at,
        canceled_at=found.canceled_at,
        cancel_cause=found.cancel_cause,
        cancel_reason=found.cancel_reason,
        lines=tuple(_line_view(line, found.currency) for line in lines),
        terms_version=found.terms_version,
        trial_days=found.trial_days,
        placed_by=found.placed_by,
        asks_terms=found.asks_terms,
        terms_reason=found.terms_reason,
        evidence=found.evidence,
        starts_on=found.starts_on,
        invoice_on=found.invoice_on,
        price_reason=found.price_reason,
    )


def unpaid_orders_of(customer_id: UUID) -> list[int]:
    """The numbers of what this customer ordered and may still pay."""
    unpaid = Order.objects.filter(customer_id=customer_id, status=OrderStatus.AWAITING_PAYMENT)
    return list(unpaid.order_by("number").values_list("number", flat=True))


def tenants_with_unpaid_orders(at: datetime) -> list[UUID]:
    """Whose orders waited for their payment long enough. Call it outside of any tenant."""
    with as_operator():
        unpaid = Order.objects.unpaid_since(at - UNPAID_FOR).order_by("tenant_id")
        return list(unpaid.values_list("tenant_id", flat=True).distinct())


def tenants_with_waking_orders(on: date) -> list[UUID]:
    """Whose orders have something to do by that day, wherever they are. Call it outside of any tenant."""
    with as_operator():
        waking = Order.objects.waking(on).order_by("tenant_id")
        return list(waking.values_list("tenant_id", flat=True).distinct())


def _narrowed(wanted: OrdersWanted) -> Any:
    rows = Order.objects.all()
    if wanted.text:
        rows = rows.filter(_about(wanted))
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.paid_by:
        rows = rows.filter(paid_by=wanted.paid_by)
    if wanted.since:
        rows = rows.filter(placed_at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(placed_at__lt=wanted.until)
    return rows


def _about(wanted: OrdersWanted) -> Q:
    """A number is a number; other words begin a domain, or name a customer."""
    number = wanted.text.strip().removeprefix("#")
    if number.isdecimal():
        return Q(number=int(number[:9]))
    lines = Line.objects.for_domain(_as_kept(wanted.text))
    return Q(pk__in=lines.values("order_id")) | Q(customer_id__in=wanted.customer_ids)


def _as_kept(words: str) -> str:
    """Domains are kept as machines say them: one with accents is found by its whole name."""
    try:
        return normalize_domain(words)
    except BadDomain:
        return words.strip().lower()


def _descriptions(order_ids: Collection[UUID]) -> dict[UUID, str]:
    """What is in each of these orders, in one query."""
    said: dict[UUID, list[str]] = defaultdict(list)
    lines = Line.objects.filter(order_id__in=order_ids).order_by("id")
    for order_id, description in lines.values_list("order_id", "description"):
        said[order_id].append(description)
    return defaultdict(str, {key: display_domains(", ".join(v)) for key, v in said.items()})


def _row(order: Order, description: str) -> OrderRow:
    return OrderRow(
        id=order.id,
        number=order.number,
        status=OrderStatus(order.status),
        customer_id=order.customer_id,
        description=description,
        total=order.total,
        paid_by=order.paid_by,
        placed_at=order.placed_at,
    )


def _line_view(line: Line, currency: str) -> LineView:
    return LineView(
        id=line.id,
        description=display_domains(line.description),
        kind=line.kind,
        cycle=line.cycle,
        amount=Money(line.amount_cents, currency),
        status=LineStatus(line.status),
        items=line.sold(),
        discount=line.taken_off(),
        server=line.spec.get("server_name", ""),
    )
