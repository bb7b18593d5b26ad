"""What each phase of a comparison asks, and what its page then writes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.books import BookedPayment, BookedRefund
from alicerce.apps.reconciliation.models import Difference
from alicerce.apps.reconciliation.ports import Sheet, Statement, Told, ToldPayout
from alicerce.apps.reconciliation.rules.windows import PAYOUTS_BACK
from alicerce.apps.reconciliation.services.check_bank import check_bank
from alicerce.apps.reconciliation.services.compare import (
    Desk,
    compare_told,
    compare_untold_payments,
    compare_untold_refunds,
    told_before,
)
from alicerce.apps.reconciliation.services.keep_payouts import (
    Parted,
    keep_payout,
    let_go_of_returned,
    needs_parts,
)
from alicerce.apps.reconciliation.types import DifferenceKind, Tally
from alicerce.kernel.db import transaction

AGAIN = 100
"""Differences outside of the window that one page asks about."""
ASKED_OF_PROVIDER = (
    DifferenceKind.MISSING_HERE,
    DifferenceKind.MISSING_THERE,
    DifferenceKind.UNCLAIMED,
    DifferenceKind.AMOUNT,
    DifferenceKind.STATUS,
    DifferenceKind.FEE,
    DifferenceKind.LEDGER,
)
Tallies = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run is: whose account, which time, and after what."""

    desk: Desk
    since: datetime
    until: datetime
    after: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Read:
    """A page as it was read. `write` is called within the transaction that moves the run on."""

    after: str
    seen: int
    write: Callable[[datetime], Tallies]


def read_provider(*, statement: Statement, place: Place) -> Read:
    page = statement.movements(place.since, place.until, place.after)
    return Read(page.after, len(page.rows), partial(_compare, page, place.desk))


def read_booked(*, statement: Statement, place: Place) -> Read:
    """Payments on record that no page told of: each is asked for before it counts as missing."""
    booked = _booked_page(place)
    told, untold = _ask(statement, _untold(place.desk.account_id, booked))
    last = booked[-1] if booked else None
    after = f"{last.received_at.isoformat()} {last.id}" if last else ""

    def write(at: datetime) -> Tallies:
        tallies = compare_untold_payments(booked=untold, desk=place.desk, at=at)
        return _added(tallies, compare_told(told=told, desk=place.desk, at=at))

    return Read(after, len(booked), write)


def read_refunds(*, statement: Statement, place: Place) -> Read:
    booked = _refunds(place)
    told: list[Told] = []
    untold: list[BookedRefund] = []
    for one in booked:
        found = statement.find_refund(one.reference, one.payment_reference)
        (told.append(found) if found else untold.append(one))

    def write(at: datetime) -> Tallies:
        tallies = compare_untold_refunds(booked=untold, desk=place.desk, at=at)
        return _added(tallies, compare_told(told=told, desk=place.desk, at=at))

    return Read("", len(booked), write)


def read_payouts(*, statement: Statement, place: Place) -> Read:
    """A page of payouts, and of each that is new all that it is made of."""
    page = statement.payouts(place.since - PAYOUTS_BACK, place.after)
    new = _new(place.desk.account_id, page.rows)
    parted = [
        Parted(one, _all_parts(statement, one.external_id) if one.external_id in new else None)
        for one in page.rows
    ]

    def write(at: datetime) -> Tallies:
        let_go_of_returned(told=page.rows, account_id=place.desk.account_id, at=at)
        for one in parted:
            keep_payout(parted=one, desk=place.desk, at=at)
        if not page.after:
            check_bank(at=at)
        return {}

    return Read(page.after, len(page.rows), write)


def read_open(*, statement: Statement, place: Place) -> Read:
    """Differences that this run has not come by: whoever they are about is asked for again."""
    again = _unchecked(place)
    told: list[Told] = []
    for one in again:
        found = _find(statement, one)
        if found:
            told.append(found)
    after = "again" if len(again) == AGAIN else ""

    def write(at: datetime) -> Tallies:
        compare_told(told=told, desk=place.desk, at=at)
        _touch([one.id for one in again], at=at)
        return {}

    return Read(after, len(again), write)


def _compare(page: Sheet[Told], desk: Desk, at: datetime) -> Tallies:
    return compare_told(told=page.rows, desk=desk, at=at)


@transaction()
def _booked_page(place: Place) -> list[BookedPayment]:
    at, _, last = place.after.partition(" ")
    after = (datetime.fromisoformat(at), UUID(last)) if last else None
    return billing.payments_between(
        place.desk.account_id, place.since, place.until, after=after
    )


@transaction()
def _untold(account_id: UUID, booked: list[BookedPayment]) -> list[BookedPayment]:
    told = told_before(account_id=account_id, references=[one.reference for one in booked])
    return [one for one in booked if one.reference not in told]


def _ask(
    statement: Statement, booked: list[BookedPayment]
) -> tuple[list[Told], list[BookedPayment]]:
    answers = [(one, statement.find_payment(one.reference)) for one in booked]
    told = [found for _one, found in answers if found]
    return told, [one for one, found in answers if found is None]


@transaction()
def _refunds(place: Place) -> list[BookedRefund]:
    found = billing.refunds_between(place.desk.account_id, place.since, place.until)
    told = told_before(
        account_id=place.desk.account_id, references=[one.reference for one in found]
    )
    return [one for one in found if one.reference not in told]


@transaction()
def _new(account_id: UUID, told: Sequence[ToldPayout]) -> set[str]:
    return needs_parts(account_id=account_id, told=told)


def _all_parts(statement: Statement, payout_id: str) -> list[Told]:
    found: list[Told] = []
    after = ""
    while True:
        page = statement.parts(payout_id, after)
        found += page.rows
        after = page.after
        if not after:
            return found


@dataclass(frozen=True, slots=True)
class Again:
    id: UUID
    reference: str
    payment_reference: str


@transaction()
def _unchecked(place: Place) -> list[Again]:
    rows = Difference.objects.standing().filter(
        account_id=place.desk.account_id,
        checked_at__lt=place.started_at,
        kind__in=ASKED_OF_PROVIDER,
    )
    found = rows.order_by("checked_at", "id").values_list(
        "id", "reference", "payment_reference"
    )
    return [Again(*row) for row in found[:AGAIN]]


def _find(statement: Statement, one: Again) -> Told | None:
    if one.payment_reference:
        return statement.find_refund(one.reference, one.payment_reference)
    return statement.find_payment(one.reference)


def _touch(ids: list[UUID], *, at: datetime) -> None:
    """What nobody knows of is still different: looked at, and left as it is."""
    Difference.objects.filter(pk__in=ids).update(checked_at=at)


def _added(some: Tallies, more: Tallies) -> Tallies:
    names = some.keys() | more.keys()
    return {name: some.get(name, Tally()) + more.get(name, Tally()) for name in names}
