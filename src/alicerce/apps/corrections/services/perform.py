"""Do a correction by the services of the page: really, or only to see to the cent what it would do."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import NoReturn
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import InvoiceNotOpen
from alicerce.apps.billing.public import correcting
from alicerce.apps.billing.types import MANUAL, InvoiceSummary, PaymentMethod
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.corrections.errors import NotReceivedYet, ReferenceNeeded, ReferenceUseless
from alicerce.apps.corrections.queries.standings import standing_of
from alicerce.apps.corrections.types import CorrectionKind, Effect, Wanted
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money

Done = tuple[Money, UUID | None]
"""How much it was, and what it made: a refund, a credit note, a payment."""


class _Undone(Exception):
    """Everything was tried and is taken back; what it did was seen."""

    def __init__(self, effect: Effect) -> None:
        self.effect = effect


def whole(*, wanted: Wanted) -> Wanted:
    """With whose it is, and of which invoice. Raises NoSuchPayment, NoSuchInvoice."""
    if wanted.payment_id:
        paid = billing.find_payment(wanted.payment_id)
        return replace(wanted, invoice_id=paid.invoice_id, customer_id=paid.customer_id)
    if wanted.invoice_id:
        found = billing.invoice(wanted.invoice_id)
        return replace(wanted, customer_id=found.customer_id)
    return wanted


def foresee(*, wanted: Wanted, at: datetime) -> Effect:
    """What it would do now. It is done and taken back: there is no second set of rules that could differ.

    Raises whatever the service that does it raises.
    """
    try:
        _try_out(wanted, at)
    except _Undone as undone:
        return undone.effect


@transaction()
def _try_out(wanted: Wanted, at: datetime) -> NoReturn:
    effect, _ = perform(wanted=wanted, at=at)
    raise _Undone(effect)


@transaction(shared=True)
def perform(*, wanted: Wanted, at: datetime) -> tuple[Effect, UUID | None]:
    before = standing_of(wanted)
    amount, result_id = _DOERS[wanted.kind](wanted, at)
    return Effect(amount, before, standing_of(wanted)), result_id


def _refund(wanted: Wanted, at: datetime) -> Done:
    assert wanted.payment_id
    assert wanted.cents
    paid = billing.find_payment(wanted.payment_id)
    if paid.provider == MANUAL and not wanted.reference:
        raise ReferenceNeeded
    if paid.provider != MANUAL and wanted.reference:
        raise ReferenceUseless
    refund_id = correcting.begin_refund(
        payment_id=wanted.payment_id,
        cents=wanted.cents,
        reason=wanted.reason,
        reference=wanted.reference,
        at=at,
    )
    return Money(wanted.cents, paid.amount.currency), refund_id


def _credit(wanted: Wanted, at: datetime) -> Done:
    assert wanted.invoice_id
    assert wanted.cents
    found = billing.invoice(wanted.invoice_id)
    note_id = correcting.credit_invoice(
        invoice_id=wanted.invoice_id,
        wanted=[Credited(wanted.cents, wanted.position)],
        reason=wanted.reason,
        at=at,
    )
    return Money(wanted.cents, found.total.currency), note_id


def _void(wanted: Wanted, at: datetime) -> Done:
    found = _open(wanted)
    correcting.void_invoice(invoice_id=found.id, reason=wanted.reason, at=at)
    return found.remaining, None


def _write_off(wanted: Wanted, at: datetime) -> Done:
    found = _open(wanted)
    correcting.write_off(invoice_id=found.id, reason=wanted.reason, at=at)
    return found.remaining, None


def _open(wanted: Wanted) -> InvoiceSummary:
    """Whole invoices are given up while they are open, and ask for something."""
    assert wanted.invoice_id
    found = billing.hold_invoice(invoice_id=wanted.invoice_id)
    if not (found.is_open and found.remaining.cents):
        raise InvoiceNotOpen
    return found


def _payment(wanted: Wanted, at: datetime) -> Done:
    assert wanted.invoice_id
    assert wanted.cents
    assert wanted.received_on
    found = billing.invoice(wanted.invoice_id)
    told = correcting.ByHand(
        cents=wanted.cents,
        method=PaymentMethod(wanted.method),
        reference=wanted.reference,
        received_at=_received_at(wanted.received_on, at),
        proof=wanted.proof,
        reason=wanted.reason,
    )
    payment_id = correcting.record_payment(invoice_id=wanted.invoice_id, told=told, at=at)
    return Money(wanted.cents, found.total.currency), payment_id


def _received_at(day: date, at: datetime) -> datetime:
    """Noon of that day where the company is; of today, now."""
    zone = billing.zone()
    if day > at.astimezone(zone).date():
        raise NotReceivedYet
    return min(datetime.combine(day, time(12), tzinfo=zone), at)


def _wallet(wanted: Wanted, at: datetime) -> Done:
    assert wanted.customer_id
    assert wanted.cents
    amount = Money(wanted.cents)
    correcting.adjust_wallet(
        customer_id=wanted.customer_id, amount=amount, reason=wanted.reason, at=at
    )
    return amount, None


_DOERS: Mapping[CorrectionKind, Callable[[Wanted, datetime], Done]] = {
    CorrectionKind.REFUND: _refund,
    CorrectionKind.CREDIT_NOTE: _credit,
    CorrectionKind.VOID: _void,
    CorrectionKind.WRITE_OFF: _write_off,
    CorrectionKind.PAYMENT: _payment,
    CorrectionKind.WALLET: _wallet,
}
