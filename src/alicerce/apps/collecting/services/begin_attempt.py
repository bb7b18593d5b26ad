"""Decide that a card is charged now: a row and an event. Billing makes the charge, asked by a job."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceKind, InvoiceSummary
from alicerce.apps.collecting.errors import (
    AlreadyCharging,
    NoCardToCharge,
    NoSuchCard,
    NothingToCollect,
    TooManyTries,
)
from alicerce.apps.collecting.events import CollectionAttempted
from alicerce.apps.collecting.models import Attempt, Card, Collection
from alicerce.apps.collecting.queries.cards import (
    card_to_charge,
    is_chargeable,
    pays_by_itself,
    today,
)
from alicerce.apps.collecting.queries.mandates import is_debited
from alicerce.apps.collecting.rules.retrying import MOST_BY_CLIENT
from alicerce.apps.collecting.types import BY_CLIENT, BY_ITSELF, AttemptStatus, Trigger
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def begin_attempt(
    *, invoice_id: UUID, trigger: Trigger, at: datetime, card_id: UUID | None = None
) -> UUID:
    """Have an invoice paid by a kept card: the one that is named, or the customer's default one.

    Nothing is charged by itself where a bank is to pay. Who asks for it has the bank told off first.
    Raises NoSuchInvoice, NothingToCollect, AlreadyCharging, NoSuchCard, NoCardToCharge, TooManyTries.
    """
    invoice = billing.hold_invoice(invoice_id=invoice_id)
    if not _is_wanted(invoice, trigger):
        raise NothingToCollect
    if Attempt.objects.under_way().filter(invoice_id=invoice_id).exists():
        raise AlreadyCharging
    if trigger in BY_CLIENT and _tries_of_client(invoice_id) >= MOST_BY_CLIENT:
        raise TooManyTries
    card = _card(invoice, trigger, card_id, at=at)
    return _begin(invoice, card, trigger, at=at)


@transaction(shared=True)
def collection_of(*, invoice: InvoiceSummary) -> Collection:
    """For who holds the invoice."""
    row = Collection(invoice_id=invoice.id, customer_id=invoice.customer_id)
    Collection.objects.add_once(row)
    found: Collection = Collection.objects.get(invoice_id=invoice.id)
    return found


def _is_wanted(invoice: InvoiceSummary, trigger: Trigger) -> bool:
    """What was given up is paid when somebody asks for it, never by itself; a wallet is filled in person."""
    if invoice.kind == InvoiceKind.FUNDS:
        return False
    may_be_paid = invoice.is_open if trigger in BY_ITSELF else invoice.is_payable
    return may_be_paid and invoice.remaining.cents > 0


def _tries_of_client(invoice_id: UUID) -> int:
    tries = Attempt.objects.filter(invoice_id=invoice_id, trigger__in=BY_CLIENT)
    return int(tries.exclude(status=AttemptStatus.DROPPED).count())


def _card(
    invoice: InvoiceSummary, trigger: Trigger, card_id: UUID | None, *, at: datetime
) -> Card:
    if card_id:
        own = Card.objects.kept().filter(pk=card_id, customer_id=invoice.customer_id)
        named: Card | None = own.select_related("payer").first()
        if named is None:
            raise NoSuchCard
        if not is_chargeable(named):
            raise NoCardToCharge
        return named
    found = card_to_charge(invoice.customer_id, today=today(at))
    if found is None or (trigger in BY_ITSELF and not _may_be_charged(invoice)):
        raise NoCardToCharge
    return found


def _may_be_charged(invoice: InvoiceSummary) -> bool:
    return pays_by_itself(invoice.customer_id) and not is_debited(invoice.id)


def _begin(invoice: InvoiceSummary, card: Card, trigger: Trigger, *, at: datetime) -> UUID:
    collection = collection_of(invoice=invoice)
    if trigger in BY_ITSELF:
        collection.expect(None)
    attempt = Attempt.objects.create(
        collection=collection, invoice_id=invoice.id, card=card, trigger=trigger, begun_at=at
    )
    audit.record(
        action="collection.attempted",
        entity="invoice",
        entity_id=invoice.id,
        after={"attempt_id": attempt.id, "card_id": card.id, "trigger": trigger},
        at=at,
    )
    publish(
        CollectionAttempted(
            at=at,
            attempt_id=attempt.id,
            invoice_id=invoice.id,
            customer_id=invoice.customer_id,
            payment_method_id=card.id,
            trigger=trigger,
        )
    )
    return UUID(str(attempt.id))
