"""What the catalog does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog.models import Plan, Price, Product
from alicerce.apps.catalog.types import Cycle
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to publish. `spec` is for the app that delivers the product's kind."""

    product_kind: str
    product_name: str
    slug: str
    name: str
    summary: str
    features: tuple[str, ...]
    spec: Mapping[str, str]
    prices: Mapping[Cycle, Money]
    position: int = 0


@transaction()
def publish_plan(*, new: NewPlan, at: datetime) -> UUID:
    """Put a plan with its prices up for sale."""
    product, _ = Product.objects.get_or_create(
        kind=new.product_kind, defaults={"name": new.product_name}
    )
    plan = Plan.objects.create(
        product=product,
        slug=new.slug,
        name=new.name,
        summary=new.summary,
        features=list(new.features),
        spec=dict(new.spec),
        position=new.position,
    )
    for cycle, amount in new.prices.items():
        Price.objects.create(
            plan=plan, cycle=cycle.value, currency=amount.currency, amount_cents=amount.cents
        )
    prices = {cycle.value: amount.cents for cycle, amount in new.prices.items()}
    audit.record(action="plan.published", entity="plan", entity_id=plan.id, after=prices, at=at)
    return UUID(str(plan.id))
