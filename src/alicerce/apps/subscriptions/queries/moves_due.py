"""Which of the renewals that are due are the first ones at another price."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Max

from alicerce.apps.subscriptions.models import Change, Item, MovedPrice
from alicerce.apps.subscriptions.rules.price_moves import is_told_in_time
from alicerce.apps.subscriptions.types import ItemKind, NewItem
from alicerce.apps.subscriptions.types.changes import ChangeStatus
from alicerce.apps.subscriptions.types.price_moves import NextPrice

WAITING = (
    "id",
    "subscription_id",
    "from_price_id",
    "unit_cents",
    "told_on",
    "move__first_on",
    "move__notice_days",
    "move__price_id",
    "move__price__amount_cents",
)


def moves_due(
    starts: Mapping[UUID, date], price_ids: Mapping[UUID, UUID], versions: Mapping[UUID, int]
) -> dict[UUID, NextPrice]:
    """Of subscriptions whose next period, price and version of items are given; they are held.

    Who was told too late keeps the price for one more period. Who chose another plan has chosen.
    """
    rows = MovedPrice.objects.waiting().filter(
        subscription_id__among=list(starts), told_on__isnull=False
    )
    found = [
        row
        for row in rows.values_list(*WAITING)
        if _is_due(starts[row[1]], price_ids[row[1]], row)
    ]
    if not found:
        return {}
    ids = [row[1] for row in found]
    beginning, awaiting = _open_changes(ids)
    last = _last_versions(ids)
    return {
        id_: NextPrice(
            moved_id, price_id, unit, cents, versions[id_], last[id_] + 1, beginning.get(id_)
        )
        for moved_id, id_, _, unit, _, _, _, price_id, cents in found
        if id_ not in awaiting
    }


def at_next_price(items: Sequence[NewItem], next_price: NextPrice) -> list[NewItem]:
    """The plan costs what it will; what goes with it costs what it did."""
    return [
        replace(item, unit_cents=next_price.cents) if item.kind == ItemKind.PLAN else item
        for item in items
    ]


def _is_due(starts_on: date, price_id: UUID, row: tuple[object, ...]) -> bool:
    _, _, from_price_id, _, told_on, first_on, notice_days, *_rest = row
    assert isinstance(told_on, date)
    assert isinstance(first_on, date)
    assert isinstance(notice_days, int)
    in_time = is_told_in_time(told_on, starts_on=starts_on, notice_days=notice_days)
    return price_id == from_price_id and starts_on >= first_on and in_time


def _open_changes(subscription_ids: Sequence[UUID]) -> tuple[dict[UUID, UUID], set[UUID]]:
    """Changes of options that begin with this period; and whose change waits for its payment."""
    rows = list(
        Change.objects.open()
        .filter(subscription_id__among=subscription_ids)
        .values_list("subscription_id", "id", "status")
    )
    beginning = {id_: own for id_, own, status in rows if status == ChangeStatus.SCHEDULED}
    return beginning, {id_ for id_, _, status in rows if status == ChangeStatus.AWAITING}


def _last_versions(subscription_ids: Sequence[UUID]) -> dict[UUID, int]:
    rows = Item.objects.filter(subscription_id__among=subscription_ids).order_by()
    return dict(rows.values_list("subscription_id").annotate(last=Max("version")))
