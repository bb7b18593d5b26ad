"""Products of the other program, as plans that nobody is offered."""

from datetime import datetime

from alicerce.apps.catalog import public as catalog
from alicerce.apps.switching.models import Dump, Link
from alicerce.apps.switching.models.book import LINK, write_all
from alicerce.apps.switching.rules.reading.plans import PlanPlan
from alicerce.apps.switching.rules.reading.values import BROUGHT, Reference
from alicerce.apps.switching.services.bring.sorting import Sorted, relink
from alicerce.apps.switching.types import Place

PLAN = "plan"
COMMON = ((Place.DOMAINS, "Domínios"), (Place.ADDONS, "Add-ons"))
"""What has no product there belongs to one of these; its id is the zero that stands for none."""


def bring_plans(found: Sorted, dump: Dump, ref: Reference, at: datetime) -> int:
    """What a plan costs today is the catalog's own matter: what changed there later is left alone."""
    plans = [_old(pair.plan) for pair in found.new]
    ids = catalog.take_over_plans(plans=plans, at=at)
    write_all(
        [
            Link(
                place=found.place,
                source_id=pair.id,
                entity=PLAN,
                entity_id=id_,
                digest=pair.digest,
            )
            for pair, id_ in zip(found.new, ids, strict=True)
        ],
        LINK,
    )
    relink(found.changed, {})
    return len(found.changed)


def ensure_common_plans(at: datetime) -> None:
    """For domains, and for add-ons that were typed by hand."""
    for place, name in COMMON:
        if not Link.objects.of(place).filter(source_id=0).exists():
            plan = catalog.OldPlan(BROUGHT, "WHMCS", name, "", {}, {})
            [id_] = catalog.take_over_plans(plans=[plan], at=at)
            Link.objects.create(place=place, source_id=0, entity=PLAN, entity_id=id_, digest="")


def _old(plan: PlanPlan) -> catalog.OldPlan:
    return catalog.OldPlan(
        plan.kind, plan.family, plan.name, plan.summary, plan.spec, plan.prices
    )
