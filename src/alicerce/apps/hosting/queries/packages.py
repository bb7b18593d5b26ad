"""Packages of servers, and the plans that name them."""

from dataclasses import dataclass
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.hosting.models import Server
from alicerce.apps.hosting.rules.packages import Shelf, is_nowhere
from alicerce.apps.hosting.types import PRODUCT_KIND
from alicerce.kernel.db import transaction


@dataclass(frozen=True, slots=True)
class PlanOnServers:
    """A plan that is sold, and what it wants of a server."""

    plan_id: UUID
    name: str
    package: str
    region: str


@transaction()
def shelves() -> list[Shelf]:
    rows = Server.objects.order_by("id").values_list("pool__region", "packages")
    return [Shelf(region, packages) for region, packages in rows]


def package_names() -> list[str]:
    """Of every server of the company, each once."""
    return sorted({name for shelf in shelves() for name in shelf.packages or ()})


def plans_sold(*, only_shown: bool = False) -> list[PlanOnServers]:
    """Those of accounts that still may be sold, each once; without those that are hidden, if so."""
    found = {
        plan.plan_id: PlanOnServers(
            plan.plan_id,
            plan.full_name,
            plan.spec.get("package", ""),
            plan.spec.get("region", ""),
        )
        for plan in catalog.plans_of_kind(PRODUCT_KIND, only_shown=only_shown)
    }
    return list(found.values())


def plans_without_package() -> list[PlanOnServers]:
    """What is sold, and no server could make today."""
    known = shelves()
    return [plan for plan in plans_sold() if is_nowhere(plan.package, plan.region, known)]
