"""What was ordered."""

from uuid import UUID

from alicerce.apps.orders.errors import NoSuchOrder
from alicerce.apps.orders.models import Line, Order
from alicerce.apps.orders.types import LineCard, OrderCard, OrderStatus
from alicerce.kernel.brazil import display_domains


def order_of_token(token: str) -> OrderCard:
    """The order whose link this is. Raises NoSuchOrder."""
    return _card(Order.objects.filter(token=token).first())


def order(order_id: UUID) -> OrderCard:
    """Raises NoSuchOrder."""
    return _card(Order.objects.filter(pk=order_id).first())


def line(line_id: UUID) -> LineCard:
    """Raises Line.DoesNotExist."""
    found = Line.objects.select_related("order").get(pk=line_id)
    return found.card(customer_id=found.order.customer_id)


def _card(order: Order | None) -> OrderCard:
    if order is None:
        raise NoSuchOrder
    lines = list(Line.objects.filter(order_id=order.id).order_by("id"))
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
