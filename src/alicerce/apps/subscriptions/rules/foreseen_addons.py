"""Copies of add-ons go the way of what they were sold onto, as the engine takes them. Plain Python."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from alicerce.apps.subscriptions.rules.calendar import meeting_day, next_stretch
from alicerce.apps.subscriptions.rules.foreseen import Kept, Shelf
from alicerce.apps.subscriptions.types import Scope, SubscriptionStatus, SuspendCause

STOPPED = SubscriptionStatus.SUSPENDED


def addons_of(shelf: Shelf, parent_id: UUID) -> Iterator[Kept]:
    """What was sold onto it and has not ended."""
    for one in shelf.kept.values():
        if one.parent_id == parent_id and one.is_live:
            yield one


def stop_addons(shelf: Shelf, parent: Kept) -> None:
    """It stands still: they do, but for what stands still by itself."""
    for one in addons_of(shelf, parent.id):
        one.suspend(Scope(parent.scope), shelf.terms, SuspendCause.PARENT)


def let_go(shelf: Shelf, one: Kept, on: date) -> bool:
    """It goes on with its add-ons. What was sold onto something that stands still waits for that."""
    parent = shelf.kept.get(one.parent_id) if one.parent_id else None
    if parent and parent.status == STOPPED and one.cause == SuspendCause.UNPAID:
        one.scope, one.cause = parent.scope, SuspendCause.PARENT
        return False
    if not one.resume(on, shelf.terms):
        return False
    for addon in list(addons_of(shelf, one.id)):
        addon.resume(on, shelf.terms, SuspendCause.PARENT)
        _meet(addon, one, on)
    if parent:
        _meet(one, parent, on)
    return True


def _meet(addon: Kept, parent: Kept, on: date) -> None:
    """Its next period ends where the parent's one does."""
    addon.meets_on = meeting_day(
        on=max(addon.next_starts_on, on),
        until=_edge_of(parent),
        cycle=addon.cycle,
        anchor_day=parent.anchor_day,
    )


def _edge_of(parent: Kept) -> date:
    if parent.next_starts_on <= parent.period_ends_on:
        return parent.period_ends_on
    stretch = next_stretch(
        starts_on=parent.next_starts_on, cycle=parent.cycle, anchor_day=parent.anchor_day
    )
    return stretch.period.ends_on
