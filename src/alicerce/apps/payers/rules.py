"""How far the companies of an account are restricted. Pure functions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from alicerce.apps.payers.types import CLOSES_AFTER, Extent
from alicerce.apps.subscriptions.types import Scope
from alicerce.apps.tenancy.types import PaymentStatus, RestrictionCause
from alicerce.kernel.restrictions import HARSHEST, Restriction


@dataclass(frozen=True, slots=True)
class Books:
    """What the platform's books say of an account."""

    stopped: Collection[Scope]
    has_lost: bool
    owes: bool
    ever_paid: bool


def extent_of(books: Books, *, suspended_at: datetime | None, at: datetime) -> Extent:
    """The harshest of what its bills and its own suspension say; a bill is the cause that paying ends."""
    by_bill = Extent(_by_bill(books), RestrictionCause.UNPAID)
    by_hand = Extent(_by_hand(suspended_at, at), RestrictionCause.SUSPENDED)
    found = min(by_bill, by_hand, key=lambda one: HARSHEST.index(one.restriction))
    return found if found.restriction else Extent()


def payment_status(books: Books) -> PaymentStatus:
    if books.owes:
        return PaymentStatus.PAST_DUE
    return PaymentStatus.ACTIVE if books.ever_paid else PaymentStatus.PENDING


def _by_bill(books: Books) -> Restriction:
    """What the ladder stops of the web is read-only here, and all is closed; so is what it ended unpaid."""
    if Scope.ALL in books.stopped or (books.has_lost and books.owes):
        return Restriction.CLOSED
    return Restriction.READ_ONLY if books.stopped else Restriction.NONE


def _by_hand(suspended_at: datetime | None, at: datetime) -> Restriction:
    if suspended_at is None:
        return Restriction.NONE
    return Restriction.CLOSED if at >= suspended_at + CLOSES_AFTER else Restriction.READ_ONLY
