"""What pays open invoices by itself, and on which day: for many at once, in a handful of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceKind, InvoiceSummary
from alicerce.apps.collecting.models import Autopay, Card, Debit, Mandate
from alicerce.apps.collecting.queries.cards import today, zone
from alicerce.apps.collecting.queries.collections import collections_for
from alicerce.apps.collecting.queries.obstacles import obstacle_to
from alicerce.apps.collecting.rules.choosing import first_way
from alicerce.apps.collecting.rules.debiting import debit_day
from alicerce.apps.collecting.rules.retrying import first_try
from alicerce.apps.collecting.types import (
    CardView,
    CollectionView,
    DebitStatus,
    Foretold,
    PayingStage,
    Way,
)


@dataclass(frozen=True, slots=True)
class _Book:
    """What is kept of the customers of these invoices."""

    said: Mapping[UUID, Autopay]
    cards: Mapping[UUID, CardView]
    mandates: Mapping[UUID, Mandate]
    debits: Mapping[UUID, Debit]
    collections: Mapping[UUID, CollectionView]
    at: datetime

    def is_off(self, customer_id: UUID) -> bool:
        said = self.said.get(customer_id)
        return said is not None and not said.is_on

    def way(self, customer_id: UUID) -> Way | None:
        said = self.said.get(customer_id)
        return first_way(
            said.way if said else "",
            has_card=customer_id in self.cards,
            has_mandate=customer_id in self.mandates,
        )


def foretold(invoices: Sequence[InvoiceSummary], *, at: datetime) -> dict[UUID, Foretold]:
    """Those of them that are about to be paid so."""
    owed = [each for each in invoices if is_collected(each)]
    if not owed:
        return {}
    book = _book(owed, at)
    found = {each.id: _of_bank(each, book) or _of_card(each, book) for each in owed}
    return {invoice_id: told for invoice_id, told in found.items() if told}


def is_collected(invoice: InvoiceSummary) -> bool:
    """Not an order, which its buyer pays or leaves, nor funds that somebody wanted to pay in."""
    is_owed = invoice.order_id is None and invoice.kind == InvoiceKind.SALE
    return invoice.is_open and is_owed and invoice.remaining.cents > 0


def _book(invoices: Sequence[InvoiceSummary], at: datetime) -> _Book:
    whose = {each.customer_id for each in invoices}
    named = [each.id for each in invoices]
    said = Autopay.objects.filter(customer_id__in=whose)
    cards = Card.objects.usable(today(at)).filter(customer_id__in=whose, is_default=True)
    cards = cards.filter(payer__account_id__in=billing.charging_accounts())
    mandates = Mandate.objects.approved().filter(customer_id__in=whose)
    debits = Debit.objects.filter(invoice_id__in=named).exclude(status=DebitStatus.DROPPED)
    return _Book(
        {row.customer_id: row for row in said},
        {row.customer_id: row.view() for row in cards},
        {row.customer_id: row for row in mandates},
        {row.invoice_id: row for row in debits},
        collections_for(named),
        at,
    )


def _of_bank(invoice: InvoiceSummary, book: _Book) -> Foretold | None:
    card = None if book.is_off(invoice.customer_id) else book.cards.get(invoice.customer_id)
    debit = book.debits.get(invoice.id)
    if debit is None:
        on = _day_of_bank(invoice, book)
        return Foretold(Way.BANK, on, PayingStage.WAITING, card) if on else None
    if not debit.is_under_way:
        return None
    if debit.unanswered_at:
        return Foretold(Way.BANK, debit.try_on, PayingStage.UNANSWERED)
    stage = PayingStage.ASKED if debit.status == DebitStatus.SCHEDULED else PayingStage.WAITING
    return Foretold(Way.BANK, debit.try_on, stage, card)


def _day_of_bank(invoice: InvoiceSummary, book: _Book) -> date | None:
    """Before a job has planned it: on the day on which that job will find that it can."""
    whose = invoice.customer_id
    known = book.collections.get(invoice.id)
    if book.is_off(whose) or book.way(whose) != Way.BANK or (known and known.is_charging):
        return None
    on = debit_day(invoice.due_on)
    return None if obstacle_to(book.mandates[whose], invoice, on, at=book.at) else on


def _of_card(invoice: InvoiceSummary, book: _Book) -> Foretold | None:
    known = book.collections.get(invoice.id)
    card, day = book.cards.get(invoice.customer_id), today(book.at)
    if known and known.is_charging:
        return Foretold(Way.CARD, day, PayingStage.UNDER_WAY, card)
    if card is None or book.is_off(invoice.customer_id):
        return None
    next_at = known.next_at if known else first_try(invoice.due_on, zone=zone(), at=book.at)
    if next_at is None:
        return None
    on = max(next_at.astimezone(zone()).date(), day)
    stage = PayingStage.AGAIN if known and known.was_refused else PayingStage.WAITING
    return Foretold(Way.CARD, on, stage, card)
