"""A company's twin for rehearsals, selling what the company sells."""

from datetime import datetime

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.public import NewPlan
from alicerce.apps.catalog.types import (
    ChoiceForm,
    OfferedOption,
    OptionForm,
    StorefrontPlan,
)
from alicerce.apps.developers.rules import sandbox_of
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import transaction


@transaction()
def open_sandbox(*, at: datetime) -> None:
    """Open the current company's twin with copies of its plans. Safe to repeat."""
    home = current_tenant_id()
    plans = [_copy(plan, place) for place, plan in enumerate(catalog.storefront())]
    if not tenancy.open_sandbox(of=home, as_id=sandbox_of(home), at=at):
        return
    with acting(tenant_id=sandbox_of(home)), transaction():
        for plan in plans:
            catalog.publish_plan(new=plan, at=at)


def _copy(plan: StorefrontPlan, place: int) -> NewPlan:
    priced = catalog.priced_plan(plan.prices[0].price_id)
    return NewPlan(
        product_kind=priced.product_kind,
        product_name=priced.product_name,
        slug=f"plano-{place}",
        name=plan.name,
        summary=plan.summary,
        features=plan.features,
        spec=priced.spec,
        prices={price.cycle: price.amount for price in plan.prices},
        position=place,
        setup={price.cycle: price.setup for price in plan.prices},
        limits=plan.limits,
        options=tuple(
            _option(each) for each in catalog.options_of([plan.plan_id])[plan.plan_id]
        ),
    )


def _option(option: OfferedOption) -> OptionForm:
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
