"""Ask something of a plan's buyers, ask it in other words, or ask it no more."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog.errors import BadField, NoSuchField
from alicerce.apps.catalog.events import PlanChanged
from alicerce.apps.catalog.models import Plan, PlanField
from alicerce.apps.catalog.rules import fault_of_field
from alicerce.apps.catalog.services.change_plan import open_plan
from alicerce.apps.catalog.services.write_field import write_field
from alicerce.apps.catalog.types import FieldForm
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def add_field(*, plan_id: UUID, form: FieldForm, at: datetime) -> UUID:
    """Ask it of every buyer from now on. Raises NoSuchPlan, PlanIsRetired, BadField."""
    plan = open_plan(plan_id=plan_id)
    field = write_field(plan=plan, form=form)
    _tell(plan, "plan_field.added", after=_said(form), at=at)
    return UUID(str(field.id))


@transaction()
def change_field(*, field_id: UUID, form: FieldForm, at: datetime) -> bool:
    """Ask it so from now on; what was answered stays as it was. False when nothing differs.

    Raises NoSuchField, PlanIsRetired, BadField.
    """
    field = _asked(field_id)
    plan = open_plan(plan_id=field.plan_id)
    if field.kind != form.kind or (fault := fault_of_field(form)):
        raise BadField("kind" if field.kind != form.kind else fault)
    changed = field.adopt(form)
    if not changed:
        return False
    field.save(update_fields=changed)
    _tell(plan, "plan_field.changed", after=_said(form), at=at)
    return True


@transaction()
def retire_field(*, field_id: UUID, at: datetime) -> None:
    """Ask it no more; orders keep what was answered. Raises NoSuchField, PlanIsRetired."""
    field = _asked(field_id)
    plan = open_plan(plan_id=field.plan_id)
    field.retire(at=at)
    _tell(plan, "plan_field.retired", after={"label": field.label}, at=at)


def _asked(field_id: UUID) -> PlanField:
    field: PlanField | None = PlanField.objects.asked().filter(pk=field_id).first()
    if field is None:
        raise NoSuchField
    return field


def _tell(plan: Plan, action: str, *, after: Mapping[str, object], at: datetime) -> None:
    audit.record(action=action, entity="plan", entity_id=plan.id, after=dict(after), at=at)
    publish(PlanChanged(at=at, plan_id=plan.id, fields=("fields",)))


def _said(form: FieldForm) -> dict[str, object]:
    return {
        "label": form.label,
        "kind": form.kind.value,
        "is_required": form.is_required,
        "is_personal": form.is_personal,
    }
