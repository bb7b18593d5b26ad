"""What is for sale."""

from collections.abc import Collection, Mapping
from itertools import groupby
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q

from alicerce.apps.catalog.errors import NoSuchPlan, NotForSale
from alicerce.apps.catalog.models import Plan, Price
from alicerce.apps.catalog.models.plan import PriceQuerySet
from alicerce.apps.catalog.ports import HasRoom, addon_kinds, kinds, out_of_shops, room_by_kind
from alicerce.apps.catalog.queries.management import ORDER, on_offer
from alicerce.apps.catalog.types import Cycle, PricedPlan, StorefrontPlan, full_name


def priced_plan(price_id: UUID) -> PricedPlan:
    """Raises NotForSale for a price that is retired, hidden or somebody else's."""
    price = _in_shop().filter(pk=price_id).first()
    if price is None:
        raise NotForSale
    return _priced(price)


def priced_of_kind(price_id: UUID, kind: str) -> PricedPlan:
    """A price of a kind that no shop shows, on a plan that is not hidden. Raises NotForSale."""
    own = Price.objects.for_sale().filter(plan__product__kind=kind)
    price = own.filter(pk=price_id).first()
    if price is None or price.plan.stock == 0:
        raise NotForSale
    return _priced(price)


def priced_beside(price_id: UUID, *, beside: UUID) -> PricedPlan:
    """What may take the place of this other price: of a shop, or of the same kind. Raises NotForSale."""
    kind = Price.objects.values_list("plan__product__kind", flat=True).get(pk=beside)
    if kind in kinds and kinds[kind].is_platforms:
        return priced_of_kind(price_id, kind)
    return priced_plan(price_id)


def plans_of_kind(kind: str, *, only_shown: bool = False) -> list[PricedPlan]:
    """Every price of this kind that may still be sold; without those that are hidden or sold out, if so."""
    prices = Price.objects.filter(
        is_active=True, plan__retired_at__isnull=True, plan__product__kind=kind
    ).select_related("plan__product")
    if only_shown:
        prices = prices.filter(plan__is_visible=True).exclude(plan__stock=0)
    ordered = prices.order_by("plan__product__position", "plan__position", "plan_id")
    return sorted(map(_priced, ordered), key=lambda one: ORDER[one.cycle])


def _in_shop() -> PriceQuerySet:
    return Price.objects.for_sale().exclude(plan__product__kind__in=out_of_shops())


def _priced(price: Price) -> PricedPlan:
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
        setup=price.setup,
        trial_days=price.trial_days,
        trial_card=price.trial_card,
        max_quantity=plan.max_quantity,
    )


def plan_name(plan_id: UUID) -> str | None:
    """What people call a plan; None when there is none."""
    names = Plan.objects.filter(pk=plan_id).values_list("product__name", "name").first()
    return full_name(*names) if names else None


def currencies_sold() -> list[str]:
    """In which anything was ever priced."""
    rows = Price.objects.order_by("currency").values_list("currency", flat=True)
    return list(rows.distinct())


def plans_of_prices(price_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """The plan of each price and what people call it, whatever became of either."""
    rows = Price.objects.filter(pk__in=price_ids)
    facts = rows.values_list("id", "plan_id", "plan__product__name", "plan__name")
    return {id_: (plan_id, full_name(product, plan)) for id_, plan_id, product, plan in facts}


def require_plan(plan_id: UUID) -> None:
    """Raises NoSuchPlan for one that is not there, or was retired."""
    if not Plan.objects.filter(pk=plan_id, retired_at__isnull=True).exists():
        raise NoSuchPlan


def storefront() -> list[StorefrontPlan]:
    """Every visible plan that has a price, in the order the host chose."""
    prices = _in_shop().order_by(
        "plan__product__position", "plan__product_id", "plan__position", "plan_id"
    )
    shown = [(plan, list(own)) for plan, own in groupby(prices, lambda p: p.plan)]
    room = room_by_kind([plan.product.kind for plan, _own in shown])
    return [_on_display(plan, own, room) for plan, own in shown]


def plans_beside(price_id: UUID) -> list[StorefrontPlan]:
    """What is for sale of the product that this price belongs to, whatever became of the price itself."""
    product = Price.objects.filter(pk=price_id).values("plan__product_id")
    own = Price.objects.for_sale().filter(plan__product_id__in=product)
    prices = own.filter(**_kept_of(price_id)).order_by("plan__position", "plan_id")
    return [_on_display(plan, list(each)) for plan, each in groupby(prices, lambda p: p.plan)]


def _kept_of(price_id: UUID) -> dict[str, str]:
    """What another plan must say as well, because its kind has that kept."""
    row = Price.objects.select_related("plan__product").filter(pk=price_id).first()
    kind = kinds.get(row.plan.product.kind) if row else None
    if row is None or kind is None:
        return {}
    return {f"plan__spec__{key}": row.plan.spec.get(key, "") for key in kind.keeps}


def addons_for(price_id: UUID) -> list[StorefrontPlan]:
    """Add-ons for sale that go with the plan of this price, whatever became of the price itself."""
    prices = _addons_for(price_id).order_by(
        "plan__product__position", "plan__product_id", "plan__position", "plan_id"
    )
    return [_on_display(plan, list(own)) for plan, own in groupby(prices, lambda p: p.plan)]


def priced_addon(price_id: UUID, *, beside: UUID) -> PricedPlan:
    """An add-on at one of its prices. Raises NotForSale unless it goes with the plan of the price beside."""
    price = _addons_for(beside).filter(pk=price_id).first()
    if price is None or price.plan.stock == 0:
        raise NotForSale
    return _priced(price)


def most_of(price_id: UUID) -> int:
    """How many a subscription may have of the plan of a price, whatever became of either."""
    found = Price.objects.filter(pk=price_id).values_list("plan__max_quantity", flat=True)
    return int(found.get())


def _addons_for(price_id: UUID) -> PriceQuerySet:
    plan_id = Price.objects.values_list("plan_id", flat=True).get(pk=price_id)
    goes = Q(plan__goes_with=[]) | Q(plan__goes_with__contains=[str(plan_id)])
    sold = Price.objects.for_sale().filter(goes, plan__product__kind__in=addon_kinds())
    return sold.filter(setup_cents=0, trial_days=0).exclude(cycle=Cycle.ONE_OFF)


def _has_room(plan: Plan, room: Mapping[str, HasRoom]) -> bool:
    kind = plan.product.kind
    return kind not in room or room[kind](plan.spec)


def _on_display(
    plan: Plan, prices: list[Price], room: Mapping[str, HasRoom] = MappingProxyType({})
) -> StorefrontPlan:
    by_cycle = sorted(prices, key=lambda price: ORDER[Cycle(price.cycle)])
    return StorefrontPlan(
        plan_id=plan.id,
        product_name=plan.product.name,
        name=plan.name,
        summary=plan.summary,
        features=tuple(plan.features),
        prices=tuple(on_offer(price) for price in by_cycle),
        limits=dict(plan.limits),
        is_sold_out=plan.stock == 0 or not _has_room(plan, room),
        max_quantity=plan.max_quantity,
    )
