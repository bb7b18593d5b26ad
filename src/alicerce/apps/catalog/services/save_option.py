"""Offer something with a plan, and change what it costs from now on."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog.errors import BadOption, NoSuchOption, ReasonRequired
from alicerce.apps.catalog.events import PlanChanged
from alicerce.apps.catalog.models import Option, Plan
from alicerce.apps.catalog.rules import fault_of_option
from alicerce.apps.catalog.services.change_plan import open_plan
from alicerce.apps.catalog.services.change_prices import was_sold
from alicerce.apps.catalog.services.write_option import write_choices, write_option
from alicerce.apps.catalog.types import OptionForm
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def add_option(*, plan_id: UUID, form: OptionForm, at: datetime) -> UUID:
    """Offer it with the plan from now on. Raises NoSuchPlan, PlanIsRetired, BadOption."""
    plan = open_plan(plan_id=plan_id)
    option = write_option(plan=plan, form=form, at=at)
    _tell(plan, "option.added", after=_said(form), at=at)
    return UUID(str(option.id))


@transaction()
def change_option(*, option_id: UUID, form: OptionForm, at: datetime, reason: str = "") -> None:
    """What is no more among the choices is retired; a price that differs is a new version.

    Raises NoSuchOption, PlanIsRetired, BadOption, ReasonRequired.
    """
    option = _offered(option_id)
    plan = open_plan(plan_id=option.plan_id)
    if option.kind != form.kind or (fault := fault_of_option(form)):
        raise BadOption("kind" if option.kind != form.kind else fault)
    if changed := option.adopt(form):
        option.save(update_fields=changed)
    repriced = write_choices(option=option, form=form, at=at)
    if repriced and not reason.strip() and was_sold(plan_id=plan.id):
        raise ReasonRequired
    after = {**_said(form), **({"reason": reason.strip()} if reason.strip() else {})}
    _tell(plan, "option.changed", after=after, at=at)


@transaction()
def retire_option(*, option_id: UUID, at: datetime) -> None:
    """Offer it no more; who bought it keeps it. Raises NoSuchOption, PlanIsRetired."""
    option = _offered(option_id)
    plan = open_plan(plan_id=option.plan_id)
    option.retire(at=at)
    _tell(plan, "option.retired", after={"name": option.name}, at=at)


def _offered(option_id: UUID) -> Option:
    option: Option | None = Option.objects.offered().filter(pk=option_id).first()
    if option is None:
        raise NoSuchOption
    return option


def _tell(plan: Plan, action: str, *, after: Mapping[str, object], at: datetime) -> None:
    audit.record(action=action, entity="plan", entity_id=plan.id, after=dict(after), at=at)
    publish(PlanChanged(at=at, plan_id=plan.id, fields=("options",)))


def _said(form: OptionForm) -> dict[str, object]:
    return {
        "name": form.name,
        "kind": form.kind.value,
        "choices": {
            choice.name: {cycle.value: amount.cents for cycle, amount in choice.prices.items()}
            for choice in form.choices
        },
    }
