"""Hold what a provider told against our payments and the ledger. One transaction for a page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.books import BookedPayment, BookedRefund
from alicerce.apps.reconciliation.models import Movement
from alicerce.apps.reconciliation.ports import Told
from alicerce.apps.reconciliation.rules.compare import (
    Said,
    payment_differences,
    refund_differences,
)
from alicerce.apps.reconciliation.services.keep_movements import (
    book_earnings,
    book_fees,
    keep_movements,
)
from alicerce.apps.reconciliation.services.note_differences import note_differences
from alicerce.apps.reconciliation.types import Found, MovementKind, Tally
from alicerce.kernel.db import transaction


def payment_subject(*, provider: str, reference: str) -> str:
    return f"payment:{provider}:{reference}"


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose account is compared."""

    account_id: UUID
    provider: str

    def payment(self, reference: str) -> str:
        return payment_subject(provider=self.provider, reference=reference)

    def refund(self, payment_reference: str, reference: str) -> str:
        return f"refund:{self.provider}:{payment_reference}:{reference}"


@transaction(shared=True)
def compare_told(*, told: Sequence[Told], desk: Desk, at: datetime) -> dict[str, Tally]:
    """Note the differences of each payment and refund in a page, book its fees, and sum it up."""
    payments = {one.reference: one for one in told if one.kind == MovementKind.PAYMENT}
    refunds = {one.reference: one for one in told if one.kind == MovementKind.REFUND}
    paid = {one.payment_reference for one in refunds.values()}
    booked = billing.booked_payments(desk.account_id, {*payments, *paid})
    returned = billing.booked_refunds(desk.account_id, set(refunds))
    keep_movements(told=told, account_id=desk.account_id)
    book_fees(told=told, provider=desk.provider, known=booked, at=at)
    book_earnings(told=told, account_id=desk.account_id, provider=desk.provider, at=at)
    posted = billing.fees_posted(
        desk.provider, {one.external_id for one in payments.values() if one.fee}
    )
    seen: dict[str, list[Found]] = {}
    for name, one in payments.items():
        fee = posted.get(one.external_id, 0)
        known = booked.get(name)
        # the fee of a payment that is missing is part of that difference
        found = payment_differences(_said(one), known, fee_posted=fee)
        seen[desk.payment(name)] = list(found)
    for name, one in refunds.items():
        payment = booked.get(one.payment_reference)
        found = refund_differences(_said(one), returned.get(name), payment=payment)
        seen[desk.refund(one.payment_reference, name)] = list(found)
    note_differences(seen=seen, account_id=desk.account_id, at=at)
    return _tally(payments, refunds, booked, returned)


@transaction(shared=True)
def compare_untold_payments(
    *, booked: Sequence[BookedPayment], desk: Desk, at: datetime
) -> dict[str, Tally]:
    """Payments on record that the provider, asked for each of them, does not know."""
    seen = {desk.payment(one.reference): list(payment_differences(None, one)) for one in booked}
    note_differences(seen=seen, account_id=desk.account_id, at=at)
    return _sum((one.amount.currency, 0, one.amount.cents, one.posted_cents) for one in booked)


@transaction(shared=True)
def compare_untold_refunds(
    *, booked: Sequence[BookedRefund], desk: Desk, at: datetime
) -> dict[str, Tally]:
    seen = {
        desk.refund(one.payment_reference, one.reference): list(
            refund_differences(None, one, payment=None)
        )
        for one in booked
    }
    note_differences(seen=seen, account_id=desk.account_id, at=at)
    return _sum(
        (one.amount.currency, 0, -one.amount.cents, -one.posted_cents) for one in booked
    )


def told_before(*, account_id: UUID, references: Sequence[str]) -> set[str]:
    """Those that the provider told of at some time: the page that told compared them."""
    rows = Movement.objects.filter(account_id=account_id, reference__in=list(references))
    return set(rows.values_list("reference", flat=True))


def _said(one: Told) -> Said:
    return Said(one.reference, one.amount, one.happened_at, one.status, one.fee)


def _tally(
    payments: dict[str, Told],
    refunds: dict[str, Told],
    booked: dict[str, BookedPayment],
    returned: dict[str, BookedRefund],
) -> dict[str, Tally]:
    sums: list[tuple[str, int, int, int]] = []
    for name, one in payments.items():
        here = booked.get(name)
        sums.append(
            (
                one.amount.currency,
                one.amount.cents,
                here.amount.cents if here else 0,
                here.posted_cents if here else 0,
            )
        )
    for name, one in refunds.items():
        back = returned.get(name)
        went = back is not None and back.status == "succeeded"
        sums.append(
            (
                one.amount.currency,
                -one.amount.cents if one.status == "done" else 0,
                -back.amount.cents if back and went else 0,
                -back.posted_cents if back else 0,
            )
        )
    return _sum(sums)


def _sum(rows: Iterable[tuple[str, int, int, int]]) -> dict[str, Tally]:
    found: dict[str, Tally] = defaultdict(Tally)
    for currency, *figures in rows:
        found[currency] += Tally(*figures)
    return dict(found)
