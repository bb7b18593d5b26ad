"""A company's twin for rehearsals, selling what the company sells."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.public import NewPlan, PlanCopy
from alicerce.apps.catalog.types import Mirrored, OfferedOption, StorefrontPlan
from alicerce.apps.developers.errors import NoSandbox
from alicerce.apps.developers.rules import sandbox_of
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import transaction

REASON = "Igual à empresa"


@transaction()
def open_sandbox(*, at: datetime) -> None:
    """Open the current company's twin with copies of its plans. Safe to repeat."""
    home = current_tenant_id()
    if tenancy.open_sandbox(of=home, as_id=sandbox_of(home), at=at):
        _mirror(at=at)


@transaction()
def refresh_sandbox(*, at: datetime) -> Mirrored:
    """Have the current company's twin sell what the company sells today. Raises NoSandbox.

    What was sold there keeps what it was sold with; plans that were made there stay.
    """
    home = current_tenant_id()
    with acting(tenant_id=sandbox_of(home)), transaction():
        if not tenancy.is_open(sandbox_of(home)):
            raise NoSandbox
    mirrored = _mirror(at=at)
    audit.record(
        action="sandbox.catalog_refreshed",
        entity="tenant",
        entity_id=sandbox_of(home),
        after={
            "added": mirrored.added,
            "changed": mirrored.changed,
            "hidden": mirrored.hidden,
            "coupons": mirrored.coupons,
        },
        at=at,
    )
    return mirrored


def _mirror(*, at: datetime) -> Mirrored:
    coupons = catalog.standing_coupons(at=at)
    plans, terms = catalog.storefront(), catalog.terms_in_force()
    options = catalog.options_of([plan.plan_id for plan in plans])
    fields = catalog.fields_of([plan.plan_id for plan in plans])
    copies = [
        PlanCopy(
            plan.plan_id,
            replace(
                _copy(plan, place, options[plan.plan_id]),
                fields=tuple(each.written() for each in fields[plan.plan_id]),
            ),
        )
        for place, plan in enumerate(plans)
    ]
    with acting(tenant_id=sandbox_of(current_tenant_id())), transaction():
        if terms:
            catalog.publish_terms(body=terms.body, at=at)
        mirrored = catalog.mirror_plans(copies=copies, reason=REASON, at=at)
        return replace(mirrored, coupons=catalog.mirror_coupons(copies=coupons, at=at))


def _copy(plan: StorefrontPlan, place: int, options: Sequence[OfferedOption]) -> NewPlan:
    priced = catalog.priced_plan(plan.prices[0].price_id)
    return NewPlan(
        product_kind=priced.product_kind,
        product_name=priced.product_name,
        slug="",
        name=plan.name,
        summary=plan.summary,
        features=plan.features,
        spec=priced.spec,
        prices={price.cycle: price.amount for price in plan.prices},
        position=place,
        setup={price.cycle: price.setup for price in plan.prices},
        limits=plan.limits,
        options=tuple(catalog.written_option(option=each) for each in options),
    )
