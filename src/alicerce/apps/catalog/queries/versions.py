"""What a plan costs for a cycle now, and what it cost before."""

from uuid import UUID

from alicerce.apps.catalog.errors import NoSuchPrice
from alicerce.apps.catalog.models import Price
from alicerce.apps.catalog.types import Cycle, PriceHistory


def price_history(price_id: UUID) -> PriceHistory:
    """Of a price that is in force, whether its plan is on show or hidden. Raises NoSuchPrice."""
    price = Price.objects.filter(pk=price_id, is_active=True).select_related("plan").first()
    if price is None:
        raise NoSuchPrice
    older = Price.objects.filter(
        plan_id=price.plan_id, cycle=price.cycle, currency=price.currency, is_active=False
    )
    return PriceHistory(
        price_id=price.id,
        plan_id=price.plan_id,
        plan_name=price.plan.name,
        cycle=Cycle(price.cycle),
        amount=price.amount,
        older=tuple((row.id, row.amount, row.since) for row in older.order_by("-since", "-id")),
    )
