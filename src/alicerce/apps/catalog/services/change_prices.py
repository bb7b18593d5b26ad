"""Sell a plan for another price from now on. What was sold stays as it was sold."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog.errors import BadPlan, NoSuchPrice, ReasonRequired
from alicerce.apps.catalog.events import PriceChanged, PriceRetired
from alicerce.apps.catalog.models import Plan, Price
from alicerce.apps.catalog.ports import addon_kinds
from alicerce.apps.catalog.queries.management import sold_of
from alicerce.apps.catalog.rules import fault_of_addon_price, fault_of_price
from alicerce.apps.catalog.services.change_plan import open_plan
from alicerce.apps.catalog.types import Cycle, NewPrice
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def change_prices(
    *,
    plan_id: UUID,
    wanted: Mapping[Cycle, NewPrice | None],
    at: datetime,
    reason: str = "",
) -> list[UUID]:
    """Put these prices in force; the new ones. None ends the sale for a cycle, the same changes nothing.

    Once something of the plan was sold, a reason is due. Raises NoSuchPlan, PlanIsRetired, BadPlan,
    ReasonRequired.
    """
    plan = open_plan(plan_id=plan_id)
    changes = [
        (cycle, new)
        for cycle, new in wanted.items()
        if not _says_so(_active(plan, cycle, new), new)
    ]
    if changes and not reason.strip() and was_sold(plan_id=plan_id):
        raise ReasonRequired
    made = [_change(plan, cycle, new, reason.strip(), at=at) for cycle, new in changes]
    return [price_id for price_id in made if price_id]


@transaction()
def retire_price(*, price_id: UUID, at: datetime, reason: str = "") -> bool:
    """End the sale of a plan for one cycle. False when it already ended.

    Raises NoSuchPrice, PlanIsRetired, ReasonRequired.
    """
    price = Price.objects.filter(pk=price_id).first()
    if price is None:
        raise NoSuchPrice
    plan = open_plan(plan_id=price.plan_id)
    price.refresh_from_db()
    if not price.is_active:
        return False
    if not reason.strip() and was_sold(plan_id=plan.id):
        raise ReasonRequired
    _retire(price, reason.strip(), at=at)
    return True


def was_sold(*, plan_id: UUID) -> bool:
    """Whether somebody has, or may still pay for, one of the plan's prices."""
    versions = Price.objects.filter(plan_id=plan_id).values_list("id", flat=True)
    return any(sold_of(list(versions)).values())


def _active(plan: Plan, cycle: Cycle, new: NewPrice | None) -> Price | None:
    rows = Price.objects.filter(plan=plan, cycle=cycle.value, is_active=True)
    if new is not None:
        rows = rows.filter(currency=new.amount.currency)
    found: Price | None = rows.first()
    return found


def _says_so(now: Price | None, new: NewPrice | None) -> bool:
    return new is None if now is None else new is not None and now.says(new)


def _change(
    plan: Plan, cycle: Cycle, new: NewPrice | None, reason: str, *, at: datetime
) -> UUID | None:
    before = _active(plan, cycle, new)
    if new is None:
        assert before is not None
        _retire(before, reason, at=at)
        return None
    fault = fault_of_price(cycle, new)
    if plan.product.kind in addon_kinds():
        fault = fault or fault_of_addon_price(cycle, new)
    if fault:
        raise BadPlan(fault)
    if before:
        before.retire(at=at)
    price = Price.objects.create(
        plan=plan,
        cycle=cycle.value,
        currency=new.amount.currency,
        amount_cents=new.amount.cents,
        setup_cents=new.setup_cents,
        trial_days=new.trial_days,
        trial_card=new.trial_card,
        since=at,
    )
    _tell(price, before, reason, at=at)
    return UUID(str(price.id))


def _tell(price: Price, before: Price | None, reason: str, *, at: datetime) -> None:
    audit.record(
        action="price.changed",
        entity="plan",
        entity_id=price.plan_id,
        before=_said(before) if before else None,
        after={**_said(price), **({"reason": reason} if reason else {})},
        at=at,
    )
    publish(
        PriceChanged(
            at=at,
            price_id=price.id,
            plan_id=price.plan_id,
            previous_price_id=before.id if before else None,
            cycle=price.cycle,
            amount_cents=price.amount_cents,
            setup_cents=price.setup_cents,
            trial_days=price.trial_days,
            trial_card=price.trial_card,
            currency=price.currency,
        )
    )


def _retire(price: Price, reason: str, *, at: datetime) -> None:
    price.retire(at=at)
    audit.record(
        action="price.retired",
        entity="plan",
        entity_id=price.plan_id,
        before=_said(price),
        after={"reason": reason} if reason else None,
        at=at,
    )
    publish(PriceRetired(at=at, price_id=price.id, plan_id=price.plan_id, cycle=price.cycle))


def _said(price: Price) -> dict[str, object]:
    return {
        "cycle": price.cycle,
        "amount_cents": price.amount_cents,
        "setup_cents": price.setup_cents,
        "trial_days": price.trial_days,
        "trial_card": price.trial_card,
        "currency": price.currency,
    }
