"""Where what is ordered is delivered, when somebody of the company says so."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import NotForSale
from alicerce.apps.catalog.types import PricedPlan
from alicerce.apps.orders.errors import NoRoomThere
from alicerce.apps.orders.ports import Place, places
from alicerce.apps.orders.types import Sale


def places_for(*, plan: PricedPlan, at: datetime) -> Sequence[Place]:
    """Where this plan has room now; nothing of what is delivered nowhere."""
    found = places.get(plan.product_kind)
    return found(plan.spec, at) if found else ()


def places_of_price(*, price_id: UUID, at: datetime) -> Sequence[Place] | None:
    """None of what is for sale no more, or is delivered nowhere."""
    try:
        plan = catalog.priced_plan(price_id)
    except NotForSale:
        return None
    return places_for(plan=plan, at=at) if plan.product_kind in places else None


def place_of(*, sale: Sale | None, plan: PricedPlan, at: datetime) -> Place | None:
    """Raises NoRoomThere."""
    if sale is None or sale.server_id is None:
        return None
    for place in places_for(plan=plan, at=at):
        if place.id == sale.server_id:
            return place
    raise NoRoomThere
