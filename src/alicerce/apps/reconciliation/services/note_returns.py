"""Payouts that the bank sent back: a row for each, until the money went again."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alicerce.apps.reconciliation.models import Difference, Movement, Payout
from alicerce.apps.reconciliation.services.keep_payouts import subject_of
from alicerce.apps.reconciliation.services.note_differences import note_differences
from alicerce.apps.reconciliation.types import (
    DifferenceKind,
    Found,
    MovementKind,
    PayoutStatus,
)

KIND, MOST = DifferenceKind.PAYOUT_RETURNED, 500
RETURNED = Q(status=PayoutStatus.FAILED)


def note_returns(*, at: datetime) -> int:
    """How many are news. They are with their provider, whose next payout takes them along."""
    standing = Difference.objects.standing().filter(kind=KIND)
    known = Exists(standing.filter(payout=OuterRef("pk")))
    fresh = _waiting().exclude(known).order_by("made_at", "id")[:MOST]
    news = sum(_note(row, at=at) for row in fresh)
    over = standing.exclude(payout__in=_waiting())
    seen = dict.fromkeys(over.values_list("subject", flat=True), ())
    note_differences(seen=seen, account_id=None, at=at, only=[KIND])
    return news


def _waiting() -> "QuerySet[Payout]":
    rows: QuerySet[Payout] = Payout.objects.filter(RETURNED)
    return rows.exclude(_went_with_another()).exclude(_went_by_hand())


def _went_with_another() -> Exists:
    """A payout that was paid and has the return among its parts."""
    parts = Movement.objects.filter(
        account=OuterRef("account"),
        kind=MovementKind.PAYOUT,
        reference=OuterRef("external_id"),
        payout__status=PayoutStatus.PAID,
    )
    return Exists(parts.exclude(payout__external_id=F("reference")))


def _went_by_hand() -> Exists:
    """One that somebody ordered tells no parts: it is that money where it is enough for it."""
    later = Payout.objects.filter(
        account=OuterRef("account"),
        currency=OuterRef("currency"),
        status=PayoutStatus.PAID,
        parts_cents__isnull=True,
        made_at__gt=OuterRef("made_at"),
        amount_cents__gte=OuterRef("amount_cents"),
    )
    return Exists(later)


def _note(row: Payout, *, at: datetime) -> int:
    subject = subject_of(payout=row)
    found = Found(
        KIND, row.external_id, row.currency, row.read_at, there_cents=row.amount_cents
    )
    return note_differences(
        seen={subject: [found]},
        account_id=row.account_id,
        at=at,
        about={subject: {"payout_id": row.id}},
        only=[KIND],
    )
