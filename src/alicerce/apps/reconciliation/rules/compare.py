"""Where two accounts of one thing do not agree. Plain Python; every comparison tells all it knows of a subject."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from alicerce.apps.billing.types.books import BookedPayment, BookedRefund
from alicerce.apps.billing.types.corrections import UNDER_WAY, RefundStatus
from alicerce.apps.reconciliation.types import DifferenceKind, Found, ToldStatus
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider says of one thing, as far as a comparison needs it."""

    reference: str
    amount: Money
    happened_at: datetime
    status: ToldStatus = ToldStatus.DONE
    fee: int = 0


def payment_differences(
    said: Said | None, booked: BookedPayment | None, *, fee_posted: int = 0
) -> Iterator[Found]:
    """A payment at its provider, in our payments, and in the ledger. One of the first two is there."""
    if booked is None:
        assert said is not None
        yield _missing_here(said)
        return
    if said is None:
        yield _of_payment(DifferenceKind.MISSING_THERE, booked, None)
    elif said.amount != booked.amount:
        yield _of_payment(DifferenceKind.AMOUNT, booked, said.amount.cents)
    if booked.unclaimed_cents:
        yield unclaimed(booked)
    if booked.posted_cents != booked.amount.cents:
        there = said.amount.cents if said else None
        yield _of_payment(DifferenceKind.LEDGER, booked, there)
    if said and said.fee != fee_posted:
        yield Found(
            DifferenceKind.FEE,
            booked.reference,
            said.amount.currency,
            said.happened_at,
            there_cents=said.fee,
            posted_cents=fee_posted,
            payment_id=booked.id,
        )


def refund_differences(
    said: Said | None, booked: BookedRefund | None, *, payment: BookedPayment | None
) -> Iterator[Found]:
    """The same of a refund. One of a payment that is missing itself is part of that difference."""
    if booked is None:
        if said and said.status != ToldStatus.FAILED and payment:
            yield replace(
                _missing_here(said), payment_id=payment.id, payment_reference=payment.reference
            )
        return
    went = booked.status == RefundStatus.SUCCEEDED
    if said is None:
        if went:
            yield _of_refund(DifferenceKind.MISSING_THERE, booked, None)
    elif not _agrees(said.status, booked.status):
        yield _of_refund(DifferenceKind.STATUS, booked, said.amount.cents)
    elif said.amount != booked.amount:
        yield _of_refund(DifferenceKind.AMOUNT, booked, said.amount.cents)
    if booked.posted_cents != (booked.amount.cents if went else 0):
        yield _of_refund(DifferenceKind.LEDGER, booked, said.amount.cents if said else None)


def payout_differences(
    *, reference: str, amount: Money, parts_cents: int | None, made_at: datetime
) -> Iterator[Found]:
    """A payout and the movements it is made of; of one that says nothing of them there is nothing to say."""
    if parts_cents is not None and parts_cents != amount.cents:
        yield Found(
            DifferenceKind.PAYOUT_AMOUNT,
            reference,
            amount.currency,
            made_at,
            there_cents=amount.cents,
            here_cents=parts_cents,
        )


def _agrees(told: ToldStatus, booked: RefundStatus) -> bool:
    if booked in UNDER_WAY:
        return told == ToldStatus.PENDING
    ends = {RefundStatus.SUCCEEDED: ToldStatus.DONE, RefundStatus.FAILED: ToldStatus.FAILED}
    return ends[booked] == told


def _missing_here(said: Said) -> Found:
    return Found(
        DifferenceKind.MISSING_HERE,
        said.reference,
        said.amount.currency,
        said.happened_at,
        there_cents=said.amount.cents,
    )


def _of_payment(kind: DifferenceKind, booked: BookedPayment, there: int | None) -> Found:
    return Found(
        kind,
        booked.reference,
        booked.amount.currency,
        booked.received_at,
        there_cents=there,
        here_cents=booked.amount.cents,
        posted_cents=booked.posted_cents,
        payment_id=booked.id,
    )


def unclaimed(booked: BookedPayment) -> Found:
    """All have it, and none says what for."""
    return Found(
        DifferenceKind.UNCLAIMED,
        booked.reference,
        booked.amount.currency,
        booked.received_at,
        there_cents=booked.amount.cents,
        here_cents=booked.amount.cents - booked.unclaimed_cents,
        payment_id=booked.id,
    )


def _of_refund(kind: DifferenceKind, booked: BookedRefund, there: int | None) -> Found:
    return Found(
        kind,
        booked.reference,
        booked.amount.currency,
        booked.begun_at,
        there_cents=there,
        here_cents=booked.amount.cents,
        posted_cents=booked.posted_cents,
        payment_id=booked.payment_id,
        payment_reference=booked.payment_reference,
    )
