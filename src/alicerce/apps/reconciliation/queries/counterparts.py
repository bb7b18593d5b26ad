"""What a line of the bank may be: payouts, what a provider received or gave back, payments by hand, fees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.reconciliation.models import Match, Movement, Payout
from alicerce.apps.reconciliation.models.provider import MovementQuerySet
from alicerce.apps.reconciliation.rules.matching import best, long_words, looks_like_fee, rated
from alicerce.apps.reconciliation.types import (
    ON_ITS_WAY,
    Counterpart,
    LineView,
    MatchKind,
    MovementKind,
)
from alicerce.kernel.money import Money

NEAR, MOST = timedelta(days=6), 20
BANK_FEES = "fees:bank"
PAYS_AT_ONCE = GatewayKind.PIX
"""Whose money is in the bank the moment it is received: each of its payments is a line there."""


@dataclass(frozen=True, slots=True)
class Sided:
    """A counterpart as it is posted: against which account, and of which provider's."""

    amount: Money
    against: str
    account_id: UUID | None = None
    payout_id: UUID | None = None


def suggestions(line: LineView) -> list[Counterpart]:
    """The likeliest first, without what is another line's already."""
    every = (*_payouts(line), *_movements(line), *_by_hand(line), *_fee(line))
    found = [
        one
        for other in every
        if (
            one := rated(
                other,
                cents=line.amount.cents,
                posted_on=line.posted_on,
                memo=line.memo,
                document=line.document,
            )
        )
    ]
    return best(_free(found))


def counterpart_of(line: LineView, kind: MatchKind, subject: str) -> Sided | None:
    """What is said to be the line's; None when there is no such thing."""
    find = {
        MatchKind.PAYOUT: _payout,
        MatchKind.PAYMENT: _movement,
        MatchKind.REFUND: _movement,
        MatchKind.BY_HAND: _payment_by_hand,
    }
    if kind == MatchKind.FEE:
        is_fee = subject == line.code and line.amount.cents < 0
        return Sided(line.amount, BANK_FEES) if is_fee else None
    try:
        return find[kind](UUID(subject))
    except ValueError:
        return None


def _payouts(line: LineView) -> Iterator[Counterpart]:
    rows = Payout.objects.filter(
        status__in=ON_ITS_WAY,
        matched_at__isnull=True,
        currency=line.amount.currency,
        amount_cents=line.amount.cents,
        arrives_on__range=(line.posted_on - NEAR, line.posted_on + NEAR),
    )
    for row in rows.order_by("arrives_on", "id")[:MOST]:
        name = row.external_id
        yield Counterpart(MatchKind.PAYOUT, str(row.id), name, row.amount, row.arrives_on)


def _movements(line: LineView) -> Iterator[Counterpart]:
    """By the name that the line tells, and by the amount near the day."""
    named = Q(reference__in=long_words(line.memo, line.document))
    begin = datetime.combine(line.posted_on - NEAR, time(), tzinfo=UTC)
    near = Q(amount_cents=abs(line.amount.cents), happened_at__range=(begin, begin + 2 * NEAR))
    rows = at_once().filter(currency=line.amount.currency, status="done")
    kind = MovementKind.PAYMENT if line.amount.cents > 0 else MovementKind.REFUND
    for asked in (named, near):
        for row in rows.filter(asked, kind=kind).order_by("happened_at", "id")[:MOST]:
            yield Counterpart(
                MatchKind(kind.value),
                str(row.id),
                row.reference,
                signed(row),
                row.happened_at.date(),
            )


def _by_hand(line: LineView) -> Iterator[Counterpart]:
    begin = datetime.combine(line.posted_on - NEAR, time(), tzinfo=UTC)
    found = billing.payments_by_hand(line.amount, begin, begin + 2 * NEAR)
    for one in found:
        yield Counterpart(
            MatchKind.BY_HAND, str(one.id), one.reference, one.amount, one.received_at.date()
        )


def _fee(line: LineView) -> Iterator[Counterpart]:
    if looks_like_fee(line.amount.cents, line.memo):
        yield Counterpart(MatchKind.FEE, line.code, line.code, line.amount, line.posted_on)


def _free(found: list[Counterpart]) -> list[Counterpart]:
    unique = {(one.kind, one.subject): one for one in found}
    rows = Match.objects.live().filter(subject__in=[one.subject for one in found])
    taken = set(rows.values_list("kind", "subject"))
    return [one for key, one in unique.items() if key not in taken]


def sided(row: Movement) -> Sided:
    return Sided(signed(row), _clearing(row.account_id), row.account_id)


def at_once() -> MovementQuerySet:
    accounts = [one.id for one in billing.accounts() if one.kind == PAYS_AT_ONCE]
    rows: MovementQuerySet = Movement.objects.filter(account_id__in=accounts)
    return rows


def signed(row: Movement) -> Money:
    cents = -row.amount_cents if row.kind == MovementKind.REFUND else row.amount_cents
    return Money(cents, row.currency)


def _payout(payout_id: UUID) -> Sided | None:
    row = Payout.objects.filter(pk=payout_id, status__in=ON_ITS_WAY).first()
    if row is None:
        return None
    return Sided(row.amount, _clearing(row.account_id), row.account_id, row.id)


def _movement(movement_id: UUID) -> Sided | None:
    row = at_once().filter(pk=movement_id).first()
    return sided(row) if row else None


def _payment_by_hand(payment_id: UUID) -> Sided | None:
    found = billing.payment_by_hand(payment_id)
    return Sided(found.amount, "") if found else None


def _clearing(account_id: UUID) -> str:
    kinds = {one.id: one.kind for one in billing.accounts()}
    return billing.clearing(kinds[account_id])
