"""Hold payouts and the bank's lines against each other. Where no statement says anything nothing is missing."""

from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from alicerce.apps.reconciliation.models import BankLine, Difference, Payout
from alicerce.apps.reconciliation.rules.windows import missed_between
from alicerce.apps.reconciliation.services.keep_payouts import subject_of
from alicerce.apps.reconciliation.services.note_arrivals import note_arrivals
from alicerce.apps.reconciliation.services.note_differences import note_differences
from alicerce.apps.reconciliation.services.note_returns import note_returns
from alicerce.apps.reconciliation.types import (
    DifferenceKind,
    Found,
    PayoutStatus,
)
from alicerce.kernel import locks
from alicerce.kernel.db import transaction

MOST = 500
"""New differences of a kind in one go; the rest is found by the next."""
ALONE_AFTER = timedelta(days=1)
"""Who uploads a statement has a day to say what its lines are."""


@transaction(shared=True)
def check_bank(*, at: datetime) -> int:
    """How many differences are news: payouts that came back or did not arrive, and money nobody knows."""
    locks.hold("reconciliation:bank")
    return note_returns(at=at) + note_arrivals(at=at) + _payouts(at=at) + _lines(at=at)


def _payouts(*, at: datetime) -> int:
    kind = DifferenceKind.PAYOUT_NOT_IN_BANK
    waiting = Payout.objects.filter(status=PayoutStatus.PAID, matched_at__isnull=True)
    other = _standing(DifferenceKind.PAYOUT_BANK_AMOUNT, "payout_id")
    due = waiting.filter(_missed(at)).exclude(other)
    fresh = due.exclude(_standing(kind, "payout_id")).order_by("arrives_on", "id")[:MOST]
    news = 0
    for row in fresh:
        subject = subject_of(payout=row)
        news += note_differences(
            seen={subject: [_missing(row)]},
            account_id=row.account_id,
            at=at,
            about={subject: {"payout_id": row.id}},
            only=[kind],
        )
    over = Q(payout__matched_at__isnull=False) | ~Q(payout__status=PayoutStatus.PAID)
    came = Q(Exists(_rows(DifferenceKind.PAYOUT_BANK_AMOUNT, "payout_id", "payout_id")))
    _close(kind, over | came, at=at)
    return news


def _missed(at: datetime) -> Q:
    """By currency, for a statement of one says nothing of another; nothing before there is any statement."""
    told = BankLine.objects.order_by("currency").values_list("currency")
    return reduce(
        or_,
        (
            Q(currency=currency, arrives_on__range=missed_between(first, last, at.date()))
            for currency, first, last in told.annotate(Min("posted_on"), Max("posted_on"))
        ),
        Q(pk=None),
    )


def _lines(*, at: datetime) -> int:
    """Money that came in and that nobody said what it is. What goes out is the company's own doing."""
    kind = DifferenceKind.BANK_LINE_ALONE
    rows = BankLine.objects.unmatched().filter(
        amount_cents__gt=0, statement__uploaded_at__lte=at - ALONE_AFTER
    )
    other = _standing(DifferenceKind.PAYOUT_BANK_AMOUNT, "line_id")
    fresh = rows.exclude(_standing(kind, "line_id")).exclude(other)
    fresh = fresh.order_by("posted_on", "id")[:MOST]
    seen = {_subject(row): [_alone(row)] for row in fresh}
    about = {_subject(row): {"line_id": row.id} for row in fresh}
    news = note_differences(seen=seen, account_id=None, at=at, about=about, only=[kind])
    came = Q(Exists(_rows(DifferenceKind.PAYOUT_BANK_AMOUNT, "line_id", "line_id")))
    _close(kind, Q(line__matched_at__isnull=False) | came, at=at)
    return news


def _standing(kind: DifferenceKind, reference: str) -> Exists:
    return Exists(_rows(kind, reference, "pk"))


def _rows(kind: DifferenceKind, reference: str, outer: str) -> QuerySet[Difference]:
    rows: QuerySet[Difference] = Difference.objects.standing().filter(kind=kind)
    return rows.filter(**{reference: OuterRef(outer)})


def _close(kind: DifferenceKind, over: Q, *, at: datetime) -> None:
    gone = Difference.objects.standing().filter(over, kind=kind)
    seen = dict.fromkeys(gone.values_list("subject", flat=True), ())
    note_differences(seen=seen, account_id=None, at=at, only=[kind])


def _subject(row: BankLine) -> str:
    return f"line:{row.id}"


def _missing(row: Payout) -> Found:
    return Found(
        DifferenceKind.PAYOUT_NOT_IN_BANK,
        row.external_id,
        row.currency,
        _noon(row.arrives_on),
        there_cents=row.amount_cents,
    )


def _alone(row: BankLine) -> Found:
    return Found(
        DifferenceKind.BANK_LINE_ALONE,
        row.code,
        row.currency,
        _noon(row.posted_on),
        there_cents=row.amount_cents,
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
