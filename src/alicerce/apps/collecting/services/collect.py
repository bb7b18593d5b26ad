"""Have invoices charged when they are due. Safe to kill anywhere, to repeat, and to run twice at once."""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.errors import AlreadyCharging, NoCardToCharge, NothingToCollect
from alicerce.apps.collecting.models import Attempt, Collection
from alicerce.apps.collecting.queries.cards import (
    card_to_charge,
    pays_by_itself,
    today,
    zone,
)
from alicerce.apps.collecting.queries.collections import due_invoices
from alicerce.apps.collecting.queries.foretelling import is_collected
from alicerce.apps.collecting.queries.mandates import is_debited
from alicerce.apps.collecting.rules.retrying import first_try
from alicerce.apps.collecting.services.begin_attempt import begin_attempt, collection_of
from alicerce.apps.collecting.types import BY_ITSELF, AttemptStatus, Trigger
from alicerce.kernel.db import transaction

BATCH = 200
SOON = timedelta(hours=1)


@transaction()
def begin_collection(*, invoice_id: UUID, at: datetime) -> bool:
    """Wait for its due day to charge the card. False when it is nothing for the customer's card."""
    invoice = billing.hold_invoice(invoice_id=invoice_id)
    return _begin(invoice, at=at)


def collect_open(*, customer_id: UUID, at: datetime, is_new_card: bool = False) -> None:
    """There is a card to charge where there was none, or it may be charged again.

    A new card is tried at once for all that is due; what is not due yet waits for its day.
    """
    for invoice_id in _open(customer_id):
        _take_up(invoice_id, at=at, is_new_card=is_new_card)


@transaction()
def _open(customer_id: UUID) -> list[UUID]:
    return [invoice.id for invoice in billing.open_invoices_of(customer_id)]


@transaction()
def _take_up(invoice_id: UUID, *, at: datetime, is_new_card: bool) -> None:
    invoice = billing.hold_invoice(invoice_id=invoice_id)
    if _begin(invoice, at=at) and is_new_card and invoice.due_on <= today(at):
        _try_at_once(invoice, at=at)


def collect_due(*, at: datetime) -> int:
    """A batch of the tenant's, one small transaction an invoice; how many were looked at."""
    invoice_ids = _due(at)
    for invoice_id in invoice_ids:
        collect_one(invoice_id=invoice_id, at=at)
    return len(invoice_ids)


@transaction()
def collect_one(*, invoice_id: UUID, at: datetime) -> bool:
    """Charge the card if it is still this invoice's turn. False when it is not."""
    billing.hold_invoice(invoice_id=invoice_id)
    collection = Collection.objects.due(at).filter(invoice_id=invoice_id).first()
    if collection is None:
        return False
    try:
        begin_attempt(invoice_id=invoice_id, trigger=_trigger(invoice_id), at=at)
    except AlreadyCharging:
        collection.expect(at + SOON)
    except NoCardToCharge:
        collection.expect(None)
    except NothingToCollect:
        collection.finish(at=at)
    return True


@transaction()
def _due(at: datetime) -> list[UUID]:
    return due_invoices(at, limit=BATCH)


def _begin(invoice: InvoiceSummary, *, at: datetime) -> bool:
    """One that failed with another card is taken up again; how often this card fails is its own story."""
    card = card_to_charge(invoice.customer_id, today=today(at))
    if is_debited(invoice.id):  # the bank pays it: the card is for when it does not
        return False
    if card is None or not is_collected(invoice) or not pays_by_itself(invoice.customer_id):
        return False
    tries = Attempt.objects.filter(invoice_id=invoice.id, card_id=card.id)
    if tries.filter(trigger__in=BY_ITSELF).exclude(status=AttemptStatus.DROPPED).exists():
        return False
    collection = collection_of(invoice=invoice)
    if collection.next_at is None and not collection.ended_at:
        collection.expect(first_try(invoice.due_on, zone=zone(), at=at))
    return True


def _try_at_once(invoice: InvoiceSummary, *, at: datetime) -> None:
    try:
        begin_attempt(invoice_id=invoice.id, trigger=Trigger.METHOD_UPDATE, at=at)
    except AlreadyCharging:  # the card before is being charged: if that fails, this one is next
        collection_of(invoice=invoice).expect(at + SOON)


def _trigger(invoice_id: UUID) -> Trigger:
    tries = Attempt.objects.filter(invoice_id=invoice_id, trigger__in=BY_ITSELF)
    is_first = not tries.exclude(status=AttemptStatus.DROPPED).exists()
    return Trigger.CYCLE if is_first else Trigger.DUNNING
