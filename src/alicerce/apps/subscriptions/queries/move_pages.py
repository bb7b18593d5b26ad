"""Moves of prices as pages and programs read them: what was confirmed, and how far it has come."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from alicerce.apps.subscriptions.errors import NoSuchMove
from alicerce.apps.subscriptions.models import MovedPrice, PriceMove
from alicerce.apps.subscriptions.types.price_moves import (
    MovedStatus,
    MovedView,
    MoveProgress,
    MoveStatus,
    MoveView,
)
from alicerce.kernel.money import Money
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

PAGE = 50
COLUMNS = (
    "id", "price_id", "from_price_ids", "first_on", "notice_days", "reason", "cycle", "currency",
    "subscriptions", "customers", "before_cents", "after_cents", "monthly_before_cents",
    "monthly_after_cents", "asked_at", "canceled_at",
)  # fmt: skip
NONE = MoveProgress(0, 0, 0, 0, 0)


def moves_of_plan(plan_id: UUID, *, limit: int = 20) -> list[MoveView]:
    """The latest of a plan."""
    rows = PriceMove.objects.filter(price__plan_id=plan_id).select_related("price")
    found = list(rows.order_by("-id")[:limit])
    progress = progress_of([move.id for move in found])
    return [_view(move, progress[move.id]) for move in found]


def price_move(move_id: UUID) -> MoveView:
    """Raises NoSuchMove."""
    move = PriceMove.objects.filter(pk=move_id).select_related("price").first()
    if move is None:
        raise NoSuchMove
    return _view(move, progress_of([move_id])[move_id])


def moved_page(
    move_id: UUID, *, status: MovedStatus | None = None, after: UUID | None = None
) -> tuple[list[MovedView], UUID | None]:
    """Its subscriptions, and after which the following page begins."""
    rows = MovedPrice.objects.filter(move_id=move_id).select_related("subscription", "move")
    if status is not None:
        rows = rows.filter(status=status)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows.order_by("id")[: PAGE + 1])
    shown = [_moved(row) for row in found[:PAGE]]
    return shown, shown[-1].id if len(found) > PAGE else None


def progress_of(move_ids: Collection[UUID]) -> Mapping[UUID, MoveProgress]:
    """In one look."""
    of = {status.value: Count("id", filter=Q(status=status)) for status in MovedStatus}
    rows: Any = (
        MovedPrice.objects.filter(move_id__in=move_ids)
        .order_by()
        .values("move_id")
        .annotate(told=Count("told_at"), **of)
    )
    found: dict[UUID, MoveProgress] = defaultdict(lambda: NONE)
    for row in rows:
        move_id = row.pop("move_id")
        found[move_id] = MoveProgress(**row)
    return found


def move_rows(window: Window) -> Slice:
    found = slice_of(PriceMove.objects.all(), window, *COLUMNS)
    progress = progress_of({row["id"] for row in found.rows})
    return Slice([_record(row, progress[row["id"]]) for row in found.rows], found.next_cursor)


def move_record(move_id: UUID) -> Row:
    """Raises NoSuchMove."""
    row = PriceMove.objects.filter(pk=move_id).values(*COLUMNS).first()
    if row is None:
        raise NoSuchMove
    return _record(row, progress_of([move_id])[move_id])


def _record(row: Row, progress: MoveProgress) -> Row:
    status = _status(row["canceled_at"] is not None, progress)
    told = {name: getattr(progress, name) for name in MoveProgress.__slots__}
    return {"object": "price_move", **row, "status": status, "progress": told}


def _status(is_canceled: bool, progress: MoveProgress) -> MoveStatus:  # noqa: FBT001
    if is_canceled:
        return MoveStatus.CANCELED
    return MoveStatus.SCHEDULED if progress.waiting else MoveStatus.DONE


def _view(move: PriceMove, progress: MoveProgress) -> MoveView:
    return MoveView(
        id=move.id,
        price_id=move.price_id,
        plan_id=move.price.plan_id,
        from_price_ids=tuple(UUID(price_id) for price_id in move.from_price_ids),
        status=_status(move.canceled_at is not None, progress),
        cycle=move.price.cycle,
        amount=move.price.amount,
        first_on=move.first_on,
        notice_days=move.notice_days,
        reason=move.reason,
        sums=move.sums,
        progress=progress,
        asked_at=move.asked_at,
        canceled_at=move.canceled_at,
    )


def _moved(row: MovedPrice) -> MovedView:
    currency = row.move.currency
    return MovedView(
        id=row.id,
        subscription_id=row.subscription_id,
        description=row.subscription.description,
        before=Money(row.before_cents, currency),
        after=Money(row.after_cents, currency),
        effective_on=row.effective_on,
        status=MovedStatus(row.status),
        told_at=row.told_at,
    )
