"""What was sold elsewhere and is delivered already: an order for each, finished from its first moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

from django.db.models import F

from alicerce.apps.orders.models import Line, Order, OrderCounter
from alicerce.apps.orders.types import LineStatus, OrderStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money

PAID_BY = "other"


@dataclass(frozen=True, slots=True)
class OldSale:
    """One thing that a customer bought."""

    customer_id: UUID
    price_id: UUID
    kind: str
    description: str
    cycle: str
    spec: Mapping[str, str]
    amount: Money
    sold_at: datetime


@dataclass(frozen=True, slots=True)
class OldLine:
    """Where a sale is kept now."""

    order_id: UUID
    line_id: UUID


@transaction(shared=True)
def take_over(*, sales: Sequence[OldSale], at: datetime) -> list[OldLine]:
    """Write them down as delivered: no fact is said, so nobody delivers them again."""
    kept = [OldLine(uuid7(), uuid7()) for _ in sales]
    first = _take_numbers(len(sales))
    Order.objects.bulk_create(
        Order(
            id=own.order_id,
            number=first + place,
            customer_id=sale.customer_id,
            token=token_urlsafe(32),
            status=OrderStatus.COMPLETED,
            currency=sale.amount.currency,
            total_cents=sale.amount.cents,
            placed_at=min(sale.sold_at, at),
            completed_at=at,
            paid_by=PAID_BY,
        )
        for place, (own, sale) in enumerate(zip(kept, sales, strict=True))
    )
    Line.objects.bulk_create(
        Line(
            id=own.line_id,
            order_id=own.order_id,
            price_id=sale.price_id,
            kind=sale.kind,
            description=sale.description,
            cycle=sale.cycle,
            spec=dict(sale.spec),
            amount_cents=sale.amount.cents,
            status=LineStatus.FULFILLED,
            fulfilled_at=at,
        )
        for own, sale in zip(kept, sales, strict=True)
    )
    return kept


@transaction(shared=True)
def give_back_lines(*, line_ids: Collection[UUID]) -> int:
    """Forget orders that were only taken over. Their numbers stay taken."""
    lines = Line.objects.filter(pk__in=list(line_ids))
    order_ids = list(lines.values_list("order_id", flat=True))
    lines.delete_some(most=lines.count())
    orders = Order.objects.filter(pk__in=order_ids)
    return int(orders.delete_some(most=orders.count()))


def _take_numbers(count: int) -> int:
    """The first of so many in a row; it waits for whoever is taking one right now."""
    OrderCounter.objects.bulk_create([OrderCounter()], ignore_conflicts=True)
    OrderCounter.objects.update(last=F("last") + count)
    return int(OrderCounter.objects.values_list("last", flat=True).get()) - count + 1
