"""Write down that renewals were invoiced at another price: it is in force when their period begins."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.subscriptions.models import Change, Item, MovedPrice, Subscription
from alicerce.apps.subscriptions.rules.renewing import Due
from alicerce.apps.subscriptions.types import ItemKind
from alicerce.apps.subscriptions.types.changes import ChangeKind, ChangeStatus
from alicerce.apps.subscriptions.types.price_moves import MovedStatus, NextPrice
from alicerce.kernel.bulk import update_rows

MERGED = ("id", "price_id", "version", "amount_cents")
APPLIED = ("id", "status", "change_id", "effective_on", "closed_at")


def apply_moves(*, dues: Sequence[Due], at: datetime) -> None:
    """Of subscriptions that are held, in as many statements for all as for one."""
    if not dues:
        return
    moves = {due.id: due.next_price for due in dues if due.next_price}
    _write_items(moves)
    changes = _write_changes(dues, moves, at)
    update_rows(
        MovedPrice,
        APPLIED,
        [
            (
                moves[due.id].moved_id,
                MovedStatus.APPLIED.value,
                changes[due.id],
                due.starts_on,
                at,
            )
            for due in dues
        ],
    )


def _write_items(moves: dict[UUID, NextPrice]) -> None:
    """The version that the renewal is of, with the plan at its next price."""
    rows = Item.objects.filter(subscription_id__in=list(moves))
    known = [row for row in rows if row.version == moves[row.subscription_id].from_version]
    Item.objects.bulk_create(_copy(row, moves[row.subscription_id]) for row in known)


def _copy(row: Item, move: NextPrice) -> Item:
    return Item(
        subscription_id=row.subscription_id,
        version=move.version,
        position=row.position,
        kind=row.kind,
        description=row.description,
        quantity=row.quantity,
        unit_cents=move.cents if row.kind == ItemKind.PLAN else row.unit_cents,
        option_id=row.option_id,
        choice_id=row.choice_id,
    )


def _write_changes(
    dues: Sequence[Due], moves: dict[UUID, NextPrice], at: datetime
) -> dict[UUID, UUID]:
    """A change of options that begins with the same period takes the price with it."""
    merged = {due.id: change for due in dues if (change := moves[due.id].change_id)}
    update_rows(
        Change,
        MERGED,
        [
            (merged[due.id], moves[due.id].price_id, moves[due.id].version, _cents(due))
            for due in dues
            if due.id in merged
        ],
    )
    alone = [due for due in dues if due.id not in merged]
    words = _descriptions([due.id for due in alone])
    made = Change.objects.bulk_create(
        _change(due, moves[due.id], words[due.id], at) for due in alone
    )
    return {**merged, **{change.subscription_id: change.id for change in made}}


def _change(due: Due, move: NextPrice, words: str, at: datetime) -> Change:
    return Change(
        subscription_id=due.id,
        price_id=move.price_id,
        kind=ChangeKind.PRICE,
        version=move.version,
        status=ChangeStatus.SCHEDULED,
        description=words,
        cycle=due.cycle,
        amount_cents=_cents(due),
        net_cents=0,
        currency=due.currency,
        effective_on=due.starts_on,
        look_on=due.starts_on,
        asked_at=at,
    )


def _cents(due: Due) -> int:
    return sum(item.total_cents for item in due.items)


def _descriptions(subscription_ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Subscription.objects.filter(pk__in=subscription_ids)
    return dict(rows.values_list("id", "description"))
