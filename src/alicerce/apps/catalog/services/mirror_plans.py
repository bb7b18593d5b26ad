"""Sell in one company what another sells: as often as one likes, until nothing differs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alicerce.apps.catalog.models import Plan, Price
from alicerce.apps.catalog.queries.fields import fields_of
from alicerce.apps.catalog.queries.options import options_of
from alicerce.apps.catalog.services.change_plan import change_plan
from alicerce.apps.catalog.services.change_prices import change_prices
from alicerce.apps.catalog.services.publish_plan import NewPlan, free_slug, publish_plan
from alicerce.apps.catalog.services.save_field import add_field, change_field, retire_field
from alicerce.apps.catalog.services.save_option import add_option, change_option, retire_option
from alicerce.apps.catalog.types import (
    ChoiceForm,
    Cycle,
    FieldForm,
    Mirrored,
    NewPrice,
    OfferedOption,
    OptionForm,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.locks import hold

COPIES = "catalog.copies"
COPY, HEX = "copia-", 32
BEFORE = r"^plano-[0-9]+$"
"""How copies were called before they knew what they are copies of."""


@dataclass(frozen=True, slots=True)
class PlanCopy:
    """A plan of the other company, and what it is to be here. The slug is ours to give."""

    origin_id: UUID
    plan: NewPlan


@transaction()
def mirror_plans(*, copies: Sequence[PlanCopy], reason: str, at: datetime) -> Mirrored:
    """Put these plans up for sale in the current company, or change their copies to say the same.

    A copy of what is not among them leaves the shop and comes back with it; nothing that was sold
    is touched, nor is a plan that is no copy. Raises BadPlan, BadOption, BadField.
    """
    hold(COPIES)
    twins = _twins(copies)
    added = [copy for copy in copies if copy.origin_id not in twins]
    for copy in added:
        slug = free_slug(name=f"{COPY}{copy.origin_id.hex}")
        publish_plan(new=replace(copy.plan, slug=slug), at=at)
    known = [(twins.pop(copy.origin_id), copy) for copy in copies if copy.origin_id in twins]
    changed = [_follow(twin, copy.plan, reason, at=at) for twin, copy in known]
    hidden = [_hide(twin, at=at) for twin in twins.values()]
    return Mirrored(added=len(added), changed=sum(changed), hidden=sum(hidden))


def _twins(copies: Iterable[PlanCopy]) -> dict[UUID, Plan]:
    """What is a copy of what; those that were made before copies knew it are known by their name."""
    rows = Plan.objects.filter(retired_at__isnull=True).select_related("product")
    found = {
        UUID(plan.slug[len(COPY) : len(COPY) + HEX]): plan
        for plan in rows.filter(slug__startswith=COPY)
    }
    old = {plan.name: plan for plan in rows.filter(Q(slug__regex=BEFORE))}
    for copy in copies:
        if copy.origin_id not in found and (plan := old.pop(copy.plan.name, None)):
            plan.slug = f"{COPY}{copy.origin_id.hex}"
            plan.save(update_fields=["slug"])
            found[copy.origin_id] = plan
    return found


def _follow(twin: Plan, wanted: NewPlan, reason: str, *, at: datetime) -> bool:
    """Whether anything of it differed. What is counted in stock here stays as it is."""
    form = replace(wanted.form, stock=twin.stock)
    changed = [
        change_plan(plan_id=twin.id, form=form, at=at),
        _reprice(twin, wanted, reason, at=at),
        _follow_options(twin, wanted.options, reason, at=at),
        _follow_fields(twin, wanted.fields, at=at),
    ]
    return any(changed)


def _hide(twin: Plan, *, at: datetime) -> bool:
    form = replace(twin.written(), is_visible=False)
    return change_plan(plan_id=twin.id, form=form, at=at)


def _reprice(twin: Plan, wanted: NewPlan, reason: str, *, at: datetime) -> bool:
    now = {
        Cycle(price.cycle): (price.amount, price.setup_cents)
        for price in Price.objects.active_of([twin.id])
    }
    prices = {
        cycle: NewPrice(amount, wanted.setup.get(cycle))
        for cycle, amount in wanted.prices.items()
    }
    if now == {cycle: (new.amount, new.setup_cents) for cycle, new in prices.items()}:
        return False
    ended = dict.fromkeys(now.keys() - prices.keys())
    change_prices(plan_id=twin.id, wanted={**prices, **ended}, at=at, reason=reason)
    return True


def _follow_options(
    twin: Plan, wanted: Sequence[OptionForm], reason: str, *, at: datetime
) -> bool:
    """An option is the same by its kind and name, a choice by its name."""
    here = {(one.kind, one.name): one for one in options_of([twin.id])[twin.id]}
    changed = False
    for form in wanted:
        known = here.pop((form.kind, form.name), None)
        if known is None:
            add_option(plan_id=twin.id, form=form, at=at)
        elif written(option=known) != form:
            ours = {choice.name: choice.id for choice in known.choices}
            change_option(option_id=known.id, form=_kept(form, ours), at=at, reason=reason)
        else:
            continue
        changed = True
    for gone in here.values():
        retire_option(option_id=gone.id, at=at)
    return changed or bool(here)


def _follow_fields(twin: Plan, wanted: Sequence[FieldForm], *, at: datetime) -> bool:
    """A field is the same by its kind and label."""
    here = {(one.kind, one.label): one for one in fields_of([twin.id])[twin.id]}
    changed = False
    for form in wanted:
        known = here.pop((form.kind, form.label), None)
        if known is None:
            add_field(plan_id=twin.id, form=form, at=at)
        elif not change_field(field_id=known.id, form=form, at=at):
            continue
        changed = True
    for gone in here.values():
        retire_field(field_id=gone.id, at=at)
    return changed or bool(here)


def written(*, option: OfferedOption) -> OptionForm:
    """An option as somebody would write it down anew, elsewhere."""
    return OptionForm(
        kind=option.kind,
        name=option.name,
        summary=option.summary,
        position=option.position,
        minimum=option.minimum,
        maximum=option.maximum,
        step=option.step,
        limit=option.limit,
        choices=tuple(
            ChoiceForm(
                choice.name,
                {cycle: price.amount for cycle, price in choice.prices.items()},
                choice.adds,
            )
            for choice in option.choices
        ),
    )


def _kept(form: OptionForm, ours: Mapping[str, UUID]) -> OptionForm:
    """The same choices, those that are here already under their own ids."""
    choices = tuple(replace(choice, id=ours.get(choice.name)) for choice in form.choices)
    return replace(form, choices=choices)
