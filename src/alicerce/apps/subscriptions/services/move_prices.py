"""Have subscriptions pay the price that is in force, from a renewal on; and call that off."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog.errors import ReasonRequired
from alicerce.apps.subscriptions.errors import NobodyToMove, NoSuchMove, PreviewOutdated
from alicerce.apps.subscriptions.events import PriceMoveCanceled, PriceMoveScheduled
from alicerce.apps.subscriptions.models import MovedPrice, PriceMove
from alicerce.apps.subscriptions.queries.price_moves import preview_move
from alicerce.apps.subscriptions.types.price_moves import (
    MovedStatus,
    MoveForm,
    MovePreview,
    Moving,
)
from alicerce.kernel.bulk import insert_rows
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.ids import uuid7
from alicerce.kernel.locks import hold

LOCK = "price moves"
COLUMNS = (
    "id",
    "move_id",
    "subscription_id",
    "customer_id",
    "from_price_id",
    "unit_cents",
    "before_cents",
    "after_cents",
    "effective_on",
    "tell_on",
    "status",
)


@transaction()
def schedule_price_move(
    *, form: MoveForm, reason: str, expected_after_cents: int, expected_count: int, at: datetime
) -> UUID:
    """All of them in one statement, for the sums that were shown; letters follow.

    Raises NoSuchPrice, BadMove, ReasonRequired, NobodyToMove, PreviewOutdated.
    """
    if not reason.strip():
        raise ReasonRequired
    hold(LOCK)
    shown = preview_move(form=form, at=at)
    if not shown.rows:
        raise NobodyToMove
    if (shown.sums.after.cents, shown.sums.subscriptions) != (
        expected_after_cents,
        expected_count,
    ):
        raise PreviewOutdated
    move = _write(shown, reason.strip(), at=at)
    _write_rows(move, shown.rows)
    _tell(move, shown, at=at)
    return UUID(str(move.id))


@transaction()
def cancel_price_move(*, move_id: UUID, at: datetime) -> bool:
    """Who pays the new price already goes on paying it. False when it was called off before.

    Raises NoSuchMove.
    """
    hold(LOCK)
    move: PriceMove | None = PriceMove.objects.filter(pk=move_id).first()
    if move is None:
        raise NoSuchMove
    if not move.call_off(at=at):
        return False
    waiting = MovedPrice.objects.waiting().filter(move_id=move_id)
    withdrawn = waiting.update(status=MovedStatus.WITHDRAWN, closed_at=at)
    audit.record(
        action="price_move.canceled",
        entity="price_move",
        entity_id=move_id,
        after={"withdrawn": withdrawn},
        at=at,
    )
    publish(PriceMoveCanceled(at=at, price_move_id=move_id, price_id=move.price_id))
    return True


def _write(shown: MovePreview, reason: str, *, at: datetime) -> PriceMove:
    sums = shown.sums
    move: PriceMove = PriceMove.objects.create(
        price_id=shown.price_id,
        from_price_ids=[str(price_id) for price_id in shown.from_price_ids],
        first_on=shown.first_on,
        notice_days=shown.notice_days,
        reason=reason[:300],
        cycle=shown.cycle,
        currency=shown.amount.currency,
        subscriptions=sums.subscriptions,
        customers=sums.customers,
        before_cents=sums.before.cents,
        after_cents=sums.after.cents,
        monthly_before_cents=sums.monthly_before.cents,
        monthly_after_cents=sums.monthly_after.cents,
        asked_at=at,
    )
    return move


def _write_rows(move: PriceMove, rows: Sequence[Moving]) -> None:
    insert_rows(
        MovedPrice,
        COLUMNS,
        [
            (
                uuid7(),
                move.id,
                row.subscription_id,
                row.customer_id,
                row.from_price_id,
                row.unit_cents,
                row.before_cents,
                row.after_cents,
                row.effective_on,
                row.tell_on,
                MovedStatus.WAITING.value,
            )
            for row in rows
        ],
    )


def _tell(move: PriceMove, shown: MovePreview, *, at: datetime) -> None:
    audit.record(
        action="price_move.scheduled",
        entity="price_move",
        entity_id=move.id,
        after={
            "plan_id": shown.plan_id,
            "price_id": shown.price_id,
            "from_price_ids": [str(price_id) for price_id in shown.from_price_ids],
            "first_on": shown.first_on,
            "notice_days": shown.notice_days,
            "subscriptions": shown.sums.subscriptions,
            "before_cents": shown.sums.before.cents,
            "after_cents": shown.sums.after.cents,
            "reason": move.reason,
        },
        at=at,
    )
    publish(
        PriceMoveScheduled(
            at=at,
            price_move_id=move.id,
            price_id=shown.price_id,
            plan_id=shown.plan_id,
            first_on=shown.first_on,
            subscriptions=shown.sums.subscriptions,
        )
    )
