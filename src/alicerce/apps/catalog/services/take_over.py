"""Plans and prices of what was sold elsewhere: kept, and never shown in the shop."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection

from alicerce.apps.catalog.models import Plan, Price, Product
from alicerce.apps.catalog.services.publish_plan import free_slug
from alicerce.apps.catalog.types import Cycle, PlanForm
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money

MOST_PRICES = 10_000


@dataclass(frozen=True, slots=True)
class OldPlan:
    """What another program sold. `spec` is for the app that delivers its kind."""

    product_kind: str
    product_name: str
    name: str
    summary: str
    spec: Mapping[str, str]
    prices: Mapping[tuple[Cycle, str], tuple[int, int]]
    """By cycle and currency: what it costs, and what setting it up does."""


@dataclass(frozen=True, slots=True)
class Sold:
    """A price at which something was sold, whatever it costs today."""

    plan_id: UUID
    cycle: Cycle
    amount: Money


@transaction(shared=True)
def take_over_plans(*, plans: Sequence[OldPlan], at: datetime) -> list[UUID]:
    """Write them down hidden: only what was sold renews at them. Their ids, in their order."""
    ids = []
    for old in plans:
        form = PlanForm(
            product_kind=old.product_kind,
            product_name=old.product_name,
            name=old.name,
            summary=old.summary,
            features=(),
            spec=old.spec,
            limits={},
            is_visible=False,
        )
        plan = Plan(slug=free_slug(name=old.name))
        plan.adopt(form, Product.named(kind=old.product_kind, name=old.product_name))
        plan.save(force_insert=True)
        Price.objects.bulk_create(
            Price(
                plan=plan,
                cycle=cycle.value,
                currency=currency,
                amount_cents=cents,
                setup_cents=setup,
                since=at,
            )
            for (cycle, currency), (cents, setup) in old.prices.items()
        )
        ids.append(UUID(str(plan.id)))
    return ids


@transaction(shared=True)
def sold_prices(*, sold: Collection[Sold], at: datetime) -> dict[Sold, UUID]:
    """The price row of each sale. What the plan does not cost any more becomes a retired price."""
    plan_ids = {one.plan_id for one in sold}
    known = _known(plan_ids)
    new = {
        one: Price(
            plan_id=one.plan_id,
            cycle=one.cycle.value,
            currency=one.amount.currency,
            amount_cents=one.amount.cents,
            is_active=False,
            since=at,
            retired_at=at,
        )
        for one in sold
        if one not in known
    }
    Price.objects.bulk_create(new.values())
    return known | {one: row.id for one, row in new.items()}


@transaction(shared=True)
def give_back_plans(*, plan_ids: Collection[UUID]) -> list[UUID]:
    """Forget plans that nobody offers and nobody bought; the ids of the others."""
    return sorted(id_ for id_ in plan_ids if not _forget(id_))


def _forget(plan_id: UUID) -> bool:
    """False when it was sold, or is shown."""
    if not Plan.objects.filter(pk=plan_id, is_visible=False).exists():
        return False
    try:
        with transaction():
            Price.objects.filter(plan_id=plan_id).delete_some(most=MOST_PRICES)
            Plan.objects.filter(pk=plan_id).delete_some(most=1)
            connection.check_constraints()
    except IntegrityError:
        return False
    return True


def _known(plan_ids: Collection[UUID]) -> dict[Sold, UUID]:
    rows = Price.objects.filter(plan_id__in=list(plan_ids)).order_by("is_active", "id")
    return {
        Sold(plan_id, Cycle(cycle), Money(cents, currency)): id_
        for id_, plan_id, cycle, currency, cents in rows.values_list(
            "id", "plan_id", "cycle", "currency", "amount_cents"
        )
    }
