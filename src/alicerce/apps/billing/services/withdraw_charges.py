"""Close what can still be paid for an invoice that needs no more payment, or asks for less."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.models import Charge, Invoice
from alicerce.apps.billing.ports import ChargeOrder, Gateway
from alicerce.apps.billing.services.apply_reading import apply_reading
from alicerce.apps.billing.services.providers import open_gateway, order_of
from alicerce.apps.billing.types import LIVE, ChargeStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Refusal


@dataclass(frozen=True, slots=True)
class Withdrawal:
    account_id: UUID
    gateway: Gateway
    order: ChargeOrder
    was_asked: bool


def withdraw_charges(*, invoice_id: UUID, at: datetime) -> None:
    """Close each charge at its provider. Safe to repeat: what was asked before is looked at first.

    One that the provider will not close is being paid, was paid, or is over: what it says is taken
    over, and a payment becomes credit. Raises Unavailable or Unknown: again later.
    """
    for charge_id in _live(invoice_id):
        wanted = _prepare(charge_id, LIVE, at=at)
        if wanted:
            _withdraw(wanted, at=at)


def withdraw_charge(*, charge_id: UUID, at: datetime) -> None:
    """Close one at its provider that has ended here already, in the same way."""
    wanted = _prepare(charge_id, LIVE | {ChargeStatus.EXPIRED}, at=at)
    if wanted:
        _withdraw(wanted, at=at)


def _withdraw(wanted: Withdrawal, *, at: datetime) -> None:
    if wanted.was_asked and _is_over(wanted, at=at):
        return
    try:
        wanted.gateway.withdraw(wanted.order)
    except Refusal:
        _is_over(wanted, at=at)
    else:
        _expire(wanted.order.charge_id, at=at)


def _is_over(wanted: Withdrawal, *, at: datetime) -> bool:
    """Take over what the provider says of the charge now; whether it can still be paid there."""
    try:
        reading = wanted.gateway.find(wanted.order)
    except Refusal:
        return False
    if reading:
        apply_reading(account_id=wanted.account_id, reading=reading, at=at)
    return not _is_live(wanted.order.charge_id)


@transaction()
def _live(invoice_id: UUID) -> list[UUID]:
    """Those that have a name at the provider; the others are withdrawn by whoever names them."""
    named = Charge.objects.live().filter(invoice_id=invoice_id).exclude(external_id="")
    return list(named.values_list("id", flat=True))


@transaction()
def _prepare(
    charge_id: UUID, those: Collection[ChargeStatus], *, at: datetime
) -> Withdrawal | None:
    """That we are about to ask is on record before we do: an answer may be lost."""
    charge = Charge.objects.lock(charge_id)
    if charge.status not in those or not charge.external_id:
        return None
    was_asked = not charge.ask_back(at=at)
    invoice = Invoice.objects.get(pk=charge.invoice_id)
    gateway = open_gateway(account_id=charge.account_id)
    return Withdrawal(
        charge.account_id, gateway, order_of(charge=charge, invoice=invoice), was_asked
    )


@transaction()
def _is_live(charge_id: UUID) -> bool:
    return bool(Charge.objects.get(pk=charge_id).is_live)


@transaction()
def _expire(charge_id: UUID, *, at: datetime) -> None:
    if Charge.objects.lock(charge_id).expire():
        audit.record(action="charge.withdrawn", entity="charge", entity_id=charge_id, at=at)
