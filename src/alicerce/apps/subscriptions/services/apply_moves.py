"""Write down that renewals were invoiced at another price: it is in force when their period begins."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from alicerce.apps.subscriptions.models import Change, Item, MovedPrice, Subscription
from alicerce.apps.subscriptions.rules.renewing import Due
from alicerce.apps.subscriptions.types import ItemKind
from alicerce.apps.subscriptions.types.changes import ChangeKind, ChangeStatus
from alicerce.apps.subscriptions.types.price_moves import MovedStatus, NextPrice
from alicerce.kernel.bulk import insert_rows, update_rows
from alicerce.kernel.ids import uuid7

ITEM = (
    *("id", "subscription_id", "version", "position", "kind", "description", "quantity"),
    *("unit_cents", "option_id", "choice_id"),
)
CHANGE = (
    *("id", "subscription_id", "price_id", "kind", "version", "status", "description", "spec"),
    *("cycle", "amount_cents", "net_cents", "currency", "effective_on", "look_on", "asked_at"),
    "drop_cause",
)
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
    rows = Item.objects.filter(subscription_id__among=list(moves))
    known = [row for row in rows if row.version == moves[row.subscription_id].from_version]
    insert_rows(Item, ITEM, [_copy(row, moves[row.subscription_id]) for row in known])


def _copy(row: Item, move: NextPrice) -> tuple[Any, ...]:
    cents = move.cents if row.kind == ItemKind.PLAN else row.unit_cents
    same = (row.position, row.kind, row.description, row.quantity)
    return (
        uuid7(), row.subscription_id, move.version, *same, cents, row.option_id, row.choice_id
    )  # fmt: skip


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
    made = {due.id: uuid7() for due in alone}
    insert_rows(
        Change,
        CHANGE,
        [_change(made[due.id], due, moves[due.id], words[due.id], at) for due in alone],
    )
    return {**merged, **made}


def _change(id_: UUID, due: Due, move: NextPrice, words: str, at: datetime) -> tuple[Any, ...]:
    """Nothing is to be paid for it: the renewal asks for the whole of it."""
    return (
        *(id_, due.id, move.price_id, ChangeKind.PRICE.value, move.version),
        *(ChangeStatus.SCHEDULED.value, words, "{}", due.cycle.value, _cents(due), 0),
        *(due.currency, due.starts_on, due.starts_on, at, ""),
    )


def _cents(due: Due) -> int:
    return sum(item.total_cents for item in due.items)


def _descriptions(subscription_ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Subscription.objects.filter(pk__among=subscription_ids)
    return dict(rows.values_list("id", "description"))
