"""Read a provider again: what no notice told us is found here."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from alicerce.apps.billing.models import Charge, GatewayAccount, Invoice, Payment, Refund
from alicerce.apps.billing.ports import ChargeOrder, Gateway
from alicerce.apps.billing.queries.gateways import read_accounts
from alicerce.apps.billing.rules.charging import window
from alicerce.apps.billing.services.apply_reading import apply_reading, fail_charge
from alicerce.apps.billing.services.providers import open_gateway, order_of
from alicerce.apps.billing.services.request_refund import read_refund
from alicerce.apps.billing.types import ChargeStatus
from alicerce.apps.billing.types.cards import NEVER_ARRIVED
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Refusal, Unavailable, Unknown

CHUNK = 100
UNREAD = timedelta(minutes=10)
LOST = timedelta(hours=1)

logger = logging.getLogger("alicerce.billing")


def reconcile(*, account_id: UUID, since: datetime, at: datetime) -> int:
    """Book what the provider received and we did not hear of; how many payments that was.

    `since` is how far the account was read when this was asked for: once somebody read further,
    there is nothing left to do. A provider in trouble is noted on its account and read next time.
    """
    span = _span(account_id, since, at=at)
    if span is None:
        return 0
    gateway = open_gateway(account_id=account_id)
    try:
        healed = _book_unknown(account_id, gateway, *span, at=at)
        healed += _read_charges(account_id, gateway, at=at)
        healed += _read_refunds(account_id, at=at)
    except (Refusal, Unavailable, Unknown) as trouble:
        _complain(account_id, trouble)
        return 0
    _advance(account_id, span[1])
    if healed:
        logger.warning("reconciliation of %s found %s payments or refunds", account_id, healed)
    return healed


@transaction()
def _span(
    account_id: UUID, since: datetime, *, at: datetime
) -> tuple[datetime, datetime] | None:
    account = GatewayAccount.objects.get(pk=account_id)
    is_read = account.id in {one.id for one in read_accounts()}
    if not is_read or account.reconciled_at != since:
        return None
    return window(cursor=account.reconciled_at, opened_at=account.connected_at, at=at)


def _book_unknown(
    account_id: UUID, gateway: Gateway, since: datetime, until: datetime, *, at: datetime
) -> int:
    names = gateway.readings_since(since, until)
    return sum(
        _book(account_id, gateway, name, at=at)
        for chunk in _chunks(names)
        for name in _unknown(account_id, chunk)
    )


def _book(account_id: UUID, gateway: Gateway, name: str, *, at: datetime) -> int:
    """One that is refused must not stand in the way of the others."""
    try:
        return apply_reading(account_id=account_id, reading=gateway.read(name), at=at)
    except Refusal as refusal:
        logger.warning("%s was listed but is refused: %s", name, refusal)
        return 0


def _chunks(names: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(names, CHUNK)):
        yield chunk


@transaction()
def _unknown(account_id: UUID, names: list[str]) -> list[str]:
    booked = Payment.objects.filter(account_id=account_id, read_as__in=names)
    over = Refund.objects.filter(account_id=account_id, status="failed")
    known = set(booked.values_list("read_as", flat=True))
    known |= {f"refund:{name}" for name in over.values_list("external_id", flat=True)}
    return [name for name in dict.fromkeys(names) if name not in known]


def _read_charges(account_id: UUID, gateway: Gateway, *, at: datetime) -> int:
    """Charges that nobody asked about for a while: an unknown one ends here, too."""
    booked = 0
    for order in _unread(account_id, at=at):
        try:
            reading = gateway.find(order)
            if reading is not None:
                booked += apply_reading(account_id=account_id, reading=reading, at=at)
            elif order.card.card:
                _give_up(order, at=at)
        except Refusal as refusal:
            logger.warning("charge %s is refused: %s", order.charge_id, refusal)
    return booked


@transaction()
def _unread(account_id: UUID, *, at: datetime) -> list[ChargeOrder]:
    """Marked as read before they are: one that always fails must not stand in the way of others."""
    waiting = Charge.objects.unread_since(at - UNREAD).filter(account_id=account_id)
    locked = waiting.select_for_update(of=("self",), no_key=True, skip_locked=True)
    charges = list(locked.exclude(external_id="", card_reference="")[:CHUNK])
    for charge in charges:
        charge.checked(at=at)
    return [
        order_of(charge=charge, invoice=Invoice.objects.get(pk=charge.invoice_id))
        for charge in charges
    ]


@transaction()
def _give_up(order: ChargeOrder, *, at: datetime) -> None:
    """The provider has no charge of the card, and no request for one can still be on its way."""
    charge = Charge.objects.lock(order.charge_id)
    if charge.status == ChargeStatus.UNKNOWN and charge.begun_at < at - LOST:
        fail_charge(charge=charge, error=NEVER_ARRIVED, at=at)


def _read_refunds(account_id: UUID, *, at: datetime) -> int:
    """Refunds that are on their way and that nobody asked about for a while."""
    news = 0
    for refund_id in _unread_refunds(account_id, at=at):
        try:
            news += read_refund(refund_id=refund_id, at=at)
        except Refusal as refusal:
            logger.warning("refund %s is refused: %s", refund_id, refusal)
    return news


@transaction()
def _unread_refunds(account_id: UUID, *, at: datetime) -> list[UUID]:
    waiting = Refund.objects.unread_since(at - UNREAD).filter(account_id=account_id)
    refunds = list(
        waiting.select_for_update(of=("self",), no_key=True, skip_locked=True)[:CHUNK]
    )
    for refund in refunds:
        refund.checked(at=at)
    return [refund.id for refund in refunds]


@transaction()
def _complain(account_id: UUID, trouble: Exception) -> None:
    logger.warning("reconciliation of %s failed: %s", account_id, trouble)
    GatewayAccount.objects.lock(account_id).complain(f"{type(trouble).__name__}: {trouble}")


@transaction()
def _advance(account_id: UUID, until: datetime) -> None:
    account = GatewayAccount.objects.lock(account_id)
    if account.reconciled_at < until:
        account.read_until(until)
