"""Write down what a plan asks of its buyers."""

from alicerce.apps.catalog.errors import BadField
from alicerce.apps.catalog.models import Plan, PlanField
from alicerce.apps.catalog.ports import platform_kinds
from alicerce.apps.catalog.rules import fault_of_field
from alicerce.apps.catalog.types import MOST_FIELDS, FieldForm


def write_field(*, plan: Plan, form: FieldForm) -> PlanField:
    """What the platform sells to companies is ordered on no page that could ask. Raises BadField."""
    if plan.product.kind in platform_kinds():
        raise BadField("kind")
    if fault := fault_of_field(form):
        raise BadField(fault)
    if PlanField.objects.asked().filter(plan=plan).count() >= MOST_FIELDS:
        raise BadField("label")
    field = PlanField(plan=plan, kind=form.kind)
    field.adopt(form)
    field.save(force_insert=True)
    return field
