"""What is for sale."""

from collections import defaultdict
from itertools import groupby
from uuid import UUID

from alicerce.apps.catalog.errors import NotForSale
from alicerce.apps.catalog.models import Plan, Price
from alicerce.apps.catalog.types import Cycle, CyclePrice, PricedPlan, StorefrontPlan
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

ORDER = {cycle: position for position, cycle in enumerate(Cycle)}
PLAN_COLUMNS = ("id", "name", "summary", "features", "product__name", "product__kind")


def priced_plan(price_id: UUID) -> PricedPlan:
    """Raises NotForSale for a price that is retired, hidden or somebody else's."""
    price = Price.objects.for_sale().filter(pk=price_id).first()
    if price is None:
        raise NotForSale
    plan = price.plan
    return PricedPlan(
        price_id=price.id,
        plan_id=plan.id,
        product_kind=plan.product.kind,
        product_name=plan.product.name,
        plan_name=plan.name,
        cycle=Cycle(price.cycle),
        amount=price.amount,
        spec=dict(plan.spec),
    )


def storefront() -> list[StorefrontPlan]:
    """Every visible plan that has a price, in the order the host chose."""
    prices = Price.objects.for_sale().order_by(
        "plan__product__position", "plan__position", "plan_id"
    )
    return [_on_display(plan, list(own)) for plan, own in groupby(prices, lambda p: p.plan)]


def plans_beside(price_id: UUID) -> list[StorefrontPlan]:
    """What is for sale of the product that this price belongs to, whatever became of the price itself."""
    product = Price.objects.filter(pk=price_id).values("plan__product_id")
    own = Price.objects.for_sale().filter(plan__product_id__in=product)
    prices = own.order_by("plan__position", "plan_id")
    return [_on_display(plan, list(each)) for plan, each in groupby(prices, lambda p: p.plan)]


def _on_display(plan: Plan, prices: list[Price]) -> StorefrontPlan:
    by_cycle = sorted(prices, key=lambda price: ORDER[Cycle(price.cycle)])
    return StorefrontPlan(
        plan_id=plan.id,
        product_name=plan.product.name,
        name=plan.name,
        summary=plan.summary,
        features=tuple(plan.features),
        prices=tuple(CyclePrice(p.id, Cycle(p.cycle), p.amount) for p in by_cycle),
    )


def plan_rows(window: Window) -> Slice:
    """Plans for sale with their prices, as programs read them."""
    visible = Plan.objects.filter(is_visible=True)
    found = slice_of(visible, window, *PLAN_COLUMNS)
    prices: dict[UUID, list[Row]] = defaultdict(list)
    for price in Price.objects.filter(is_active=True, plan__in=[p["id"] for p in found.rows]):
        prices[price.plan_id].append(_price_row(price))
    return Slice([_plan_row(row, prices[row["id"]]) for row in found.rows], found.next_cursor)


def _plan_row(row: Row, prices: list[Row]) -> Row:
    row["product_name"], row["product_kind"] = (
        row.pop("product__name"),
        row.pop("product__kind"),
    )
    by_cycle = sorted(prices, key=lambda price: ORDER[price["cycle"]])
    return {"object": "plan", **row, "prices": by_cycle}


def _price_row(price: Price) -> Row:
    return {
        "object": "price",
        "id": price.id,
        "cycle": Cycle(price.cycle),
        "amount_cents": price.amount_cents,
        "currency": price.currency,
    }
