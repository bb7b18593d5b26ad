"""Say something else of a plan, take it off the shop for good, and name its family."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db import transaction as django_transaction

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog.errors import BadPlan, NoSuchPlan, NoSuchProduct, PlanIsRetired
from alicerce.apps.catalog.events import PlanChanged, PlanRetired
from alicerce.apps.catalog.models import Plan, Product
from alicerce.apps.catalog.services.publish_plan import checked
from alicerce.apps.catalog.types import PlanForm
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def change_plan(*, plan_id: UUID, form: PlanForm, at: datetime) -> bool:
    """False when nothing differs. What was sold keeps what it was sold with.

    Raises NoSuchPlan, PlanIsRetired, BadPlan.
    """
    plan = open_plan(plan_id=plan_id)
    before = plan.written()
    product = Product.named(kind=form.product_kind, name=form.product_name)
    changed = plan.adopt(checked(form=form), product)
    if not changed:
        return False
    plan.save(update_fields=changed)
    audit.record(
        action="plan.changed",
        entity="plan",
        entity_id=plan.id,
        before=_said(before, changed),
        after=_said(form, changed),
        at=at,
    )
    publish(PlanChanged(at=at, plan_id=plan.id, fields=tuple(changed)))
    return True


@transaction()
def retire_plan(*, plan_id: UUID, at: datetime) -> bool:
    """Take a plan off the shop for good; who has it keeps it. False when it already was.

    Raises NoSuchPlan.
    """
    plan = locked_plan(plan_id=plan_id)
    if not plan.retire(at=at):
        return False
    audit.record(action="plan.retired", entity="plan", entity_id=plan.id, at=at)
    publish(PlanRetired(at=at, plan_id=plan.id))
    return True


@transaction()
def change_product(*, product_id: UUID, name: str, position: int, at: datetime) -> bool:
    """Raises NoSuchProduct, BadPlan."""
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        raise NoSuchProduct
    before = {"name": product.name, "position": product.position}
    after = {"name": name, "position": position}
    if before == after:
        return False
    product.name, product.position = name, position
    try:
        with django_transaction.atomic():
            product.save(update_fields=["name", "position"])
    except IntegrityError:
        raise BadPlan("name") from None
    audit.record(
        action="product.changed",
        entity="product",
        entity_id=product_id,
        before=before,
        after=after,
        at=at,
    )
    return True


def locked_plan(*, plan_id: UUID) -> Plan:
    """Raises NoSuchPlan."""
    try:
        plan: Plan = Plan.objects.lock(plan_id)
    except Plan.DoesNotExist:
        raise NoSuchPlan from None
    return plan


def open_plan(*, plan_id: UUID) -> Plan:
    """One that may still change. Raises NoSuchPlan, PlanIsRetired."""
    plan = locked_plan(plan_id=plan_id)
    if plan.retired_at:
        raise PlanIsRetired
    return plan


def _said(form: PlanForm, changed: list[str]) -> dict[str, Any]:
    plain = {
        "features": list(form.features),
        "spec": dict(form.spec),
        "limits": dict(form.limits),
        "goes_with": list(form.goes_with),
    }
    said = {name: plain.get(name, getattr(form, name, None)) for name in changed}
    if "product" in said:
        said["product"] = form.product_name
    return said
