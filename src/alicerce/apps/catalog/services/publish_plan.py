"""Put a plan up for sale."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from uuid import UUID

from django.utils.text import slugify

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog.errors import BadPlan, Undeliverable
from alicerce.apps.catalog.events import PlanPublished
from alicerce.apps.catalog.models import Plan, Price, Product
from alicerce.apps.catalog.ports import ProductKind, addon_kinds, kinds
from alicerce.apps.catalog.rules import fault_of
from alicerce.apps.catalog.services.write_field import write_field
from alicerce.apps.catalog.services.write_option import write_option
from alicerce.apps.catalog.types import Cycle, FieldForm, Limits, OptionForm, PlanForm
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan with its prices, ready to be sold. `spec` is for the app that delivers its kind."""

    product_kind: str
    product_name: str
    slug: str
    name: str
    summary: str
    features: tuple[str, ...]
    spec: Mapping[str, str]
    prices: Mapping[Cycle, Money]
    position: int = 0
    setup: Mapping[Cycle, Money] = field(default_factory=dict)
    trial_days: Mapping[Cycle, int] = field(default_factory=dict)
    limits: Limits = field(default_factory=dict)
    options: tuple[OptionForm, ...] = ()
    fields: tuple[FieldForm, ...] = ()

    @property
    def form(self) -> PlanForm:
        return PlanForm(
            product_kind=self.product_kind,
            product_name=self.product_name,
            name=self.name,
            summary=self.summary,
            features=self.features,
            spec=self.spec,
            limits=self.limits,
            position=self.position,
        )


@transaction()
def publish_plan(*, new: NewPlan, at: datetime) -> UUID:
    """Put a plan with its prices up for sale. Raises BadPlan, BadOption, BadField."""
    plan = _create(new.form, slug=new.slug)
    for cycle, amount in new.prices.items():
        setup = new.setup.get(cycle)
        Price.objects.create(
            plan=plan,
            cycle=cycle.value,
            currency=amount.currency,
            amount_cents=amount.cents,
            setup_cents=setup.cents if setup else 0,
            trial_days=new.trial_days.get(cycle, 0),
            since=at,
        )
    for option in new.options:
        write_option(plan=plan, form=option, at=at)
    for asked in new.fields:
        write_field(plan=plan, form=asked)
    prices = {cycle.value: amount.cents for cycle, amount in new.prices.items()}
    _tell(plan, prices, at=at)
    return UUID(str(plan.id))


@transaction()
def create_plan(*, form: PlanForm, at: datetime) -> UUID:
    """Write a plan down; it is for sale once it has a price. Raises BadPlan."""
    plan = _create(checked(form=form), slug=free_slug(name=form.name))
    _tell(plan, {}, at=at)
    return UUID(str(plan.id))


def checked(*, form: PlanForm) -> PlanForm:
    """The form, if its deliverer could deliver it. Raises BadPlan."""
    kind = kinds.get(form.product_kind)
    if kind is None or (kind.is_platforms and not _is_platform()):
        raise BadPlan("product_kind")
    if fault := fault_of(form):
        raise BadPlan(fault)
    if form.spec.keys() - {field.key for field in kind.fields}:
        raise BadPlan("spec")
    if any(
        field.required and not form.spec.get(field.key, "").strip() for field in kind.fields
    ):
        raise BadPlan("spec")
    if not _goes_with_plans(form, is_addon=kind.is_addon):
        raise BadPlan("goes_with")
    if form.max_quantity != 1 and not kind.is_addon:
        raise BadPlan("max_quantity")
    _require_deliverable(form, kind)
    return form


def _require_deliverable(form: PlanForm, kind: ProductKind) -> None:
    """What is hidden may wait for whoever prepares it."""
    fault = kind.fault(form.spec) if kind.fault and form.is_visible else None
    if fault:
        key, words = fault
        raise Undeliverable(key, str(words))


def _goes_with_plans(form: PlanForm, *, is_addon: bool) -> bool:
    """Only an add-on says what it goes with, and no add-on goes with another."""
    named = set(form.goes_with)
    if not named or not is_addon:
        return not named
    if not all(map(_is_id, named)):
        return False
    known = Plan.objects.filter(pk__in=named).exclude(product__kind__in=addon_kinds())
    return known.count() == len(named) == len(form.goes_with)


def _is_id(said: str) -> bool:
    try:
        return str(UUID(said)) == said
    except ValueError:
        return False


def _is_platform() -> bool:
    return tenancy.is_platform(current_tenant_id())


def _create(form: PlanForm, *, slug: str) -> Plan:
    plan = Plan(slug=slug)
    plan.adopt(form, Product.named(kind=form.product_kind, name=form.product_name))
    plan.save(force_insert=True)
    return plan


def free_slug(*, name: str) -> str:
    """What the name says, with a number where another plan says the same."""
    plain = slugify(name)[:40] or "plano"
    taken = set(Plan.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    numbered = (f"{plain}-{number}" for number in count(2))
    return plain if plain not in taken else next(s for s in numbered if s not in taken)


def _tell(plan: Plan, prices: Mapping[str, int], *, at: datetime) -> None:
    audit.record(action="plan.published", entity="plan", entity_id=plan.id, after=prices, at=at)
    publish(PlanPublished(at=at, plan_id=plan.id))
