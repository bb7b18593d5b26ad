"""Changes that come into force or are waited for no longer, and what ends."""

from datetime import datetime

from alicerce.apps.forecasts.rules.diary import Diary
from alicerce.apps.forecasts.rules.owed import Owed
from alicerce.apps.forecasts.types import HappeningKind
from alicerce.apps.subscriptions import public as subscriptions


def end_subscription(
    diary: Diary,
    one: subscriptions.Kept,
    at: datetime,
    *,
    what: str,
    step: str = "",
    invoice: Owed | None = None,
) -> bool:
    """False when it has ended. Its usage stays with it, for the closing invoice."""
    change = one.change
    if not one.end():
        return False
    if change and change.invoice_id:
        void_of_change(diary, change, at)
    diary.write(
        HappeningKind.END,
        at,
        what=what,
        step=step,
        invoice=invoice,
        subscription_id=one.id,
    )
    for addon in list(subscriptions.addons_on_shelf(diary.shelf, one.id)):
        end_subscription(diary, addon, at, what="parent")
    return True


def void_of_change(diary: Diary, change: subscriptions.Awaited, at: datetime) -> None:
    """The invoice of a change that nobody waits for any longer is taken back."""
    for own in diary.owed:
        if own.invoice_id == change.invoice_id and own.is_open:
            own.is_void = True
            diary.write(HappeningKind.VOID, at, invoice=own, cents=own.remaining_cents)


def adopt(
    diary: Diary, one: subscriptions.Kept, change: subscriptions.Awaited, at: datetime
) -> None:
    """What was confirmed is in force."""
    shelf = diary.shelf
    day = change.begins.starts_on.day if change.begins else one.anchor_day
    one.adopt(change, anchor_day=shelf.billing_day or day, terms=shelf.terms)
    diary.write(HappeningKind.CHANGE, at, subscription_id=one.id)
