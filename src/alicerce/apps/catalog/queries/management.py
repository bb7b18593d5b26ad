"""Plans as the company's own people see them: all of them, with what they cost before."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from alicerce.apps.catalog.errors import NoSuchPlan, NoSuchProduct
from alicerce.apps.catalog.models import Plan, Price, Product
from alicerce.apps.catalog.ports import out_of_shops, sellers
from alicerce.apps.catalog.types import (
    Cycle,
    CyclePrice,
    PlanDetail,
    PlanRow,
    PlanStatus,
    PriceVersion,
    ProductCard,
    full_name,
)

ORDER = {cycle: position for position, cycle in enumerate(Cycle)}


def sold_of(price_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How often each of these prices was sold, whoever sold it."""
    total: Counter[UUID] = Counter()
    for count in sellers.values():
        total.update(count(price_ids))
    return total


def plans(status: PlanStatus | None = None) -> list[PlanRow]:
    """In the order of the shop, with the prices in force and how many were sold."""
    found = list(Plan.objects.of_status(status).in_order().select_related("product"))
    prices = _prices_of([plan.id for plan in found])
    sold = sold_of([price.id for own in prices.values() for price in own])
    return [_row(plan, prices[plan.id], sold) for plan in found]


def _prices_of(plan_ids: Collection[UUID]) -> Mapping[UUID, list[Price]]:
    found: dict[UUID, list[Price]] = defaultdict(list)
    for price in Price.objects.filter(plan_id__in=plan_ids).order_by("id"):
        found[price.plan_id].append(price)
    return found


def _row(plan: Plan, prices: Sequence[Price], sold: Mapping[UUID, int]) -> PlanRow:
    active = sorted((p for p in prices if p.is_active), key=lambda p: ORDER[Cycle(p.cycle)])
    return PlanRow(
        id=plan.id,
        name=plan.name,
        product_name=plan.product.name,
        status=plan.status,
        stock=plan.stock,
        prices=tuple(on_offer(price) for price in active),
        sold=sum(sold.get(price.id, 0) for price in prices),
    )


def plans_with_addons() -> dict[UUID, str]:
    """What add-ons may go with: what is sold by itself, and is not retired."""
    own = Plan.objects.filter(retired_at__isnull=True)
    rows = own.exclude(product__kind__in=out_of_shops()).in_order()
    return {
        id_: full_name(product, name)
        for id_, product, name in rows.values_list("id", "product__name", "name")
    }


def plan_names(plan_ids: Collection[str]) -> list[str]:
    rows = Plan.objects.filter(pk__in=plan_ids).in_order()
    names = rows.values_list("product__name", "name")
    return [full_name(product, name) for product, name in names]


def on_offer(price: Price) -> CyclePrice:
    return CyclePrice(
        price.id,
        Cycle(price.cycle),
        price.amount,
        price.setup,
        price.trial_days,
        price.trial_card,
    )


def plan_detail(plan_id: UUID) -> PlanDetail:
    """Raises NoSuchPlan."""
    plan = Plan.objects.filter(pk=plan_id).select_related("product").first()
    if plan is None:
        raise NoSuchPlan
    prices = _prices_of([plan_id])[plan_id]
    sold = sold_of([price.id for price in prices])
    return PlanDetail(
        id=plan.id,
        product_id=plan.product_id,
        form=plan.written(),
        status=plan.status,
        retired_at=plan.retired_at,
        versions=tuple(_version(price, sold.get(price.id, 0)) for price in _by_age(prices)),
    )


def _by_age(prices: Sequence[Price]) -> list[Price]:
    """Cycle by cycle, the one in force first, then from the latest to the oldest."""
    newest = sorted(prices, key=lambda price: (price.is_active, price.since), reverse=True)
    return sorted(newest, key=lambda price: ORDER[Cycle(price.cycle)])


def _version(price: Price, sold: int) -> PriceVersion:
    return PriceVersion(
        id=price.id,
        cycle=Cycle(price.cycle),
        amount=price.amount,
        setup=price.setup,
        since=price.since,
        retired_at=price.retired_at if not price.is_active else None,
        sold=sold,
        trial_days=price.trial_days,
        trial_card=price.trial_card,
    )


def products() -> list[ProductCard]:
    return [_card(product) for product in Product.objects.order_by("position", "id")]


def product(product_id: UUID) -> ProductCard:
    """Raises NoSuchProduct."""
    found = Product.objects.filter(pk=product_id).first()
    if found is None:
        raise NoSuchProduct
    return _card(found)


def _card(product: Product) -> ProductCard:
    return ProductCard(product.id, product.kind, product.name, product.position)
