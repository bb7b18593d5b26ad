"""Ask the provider for what the customer pays with."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.models import Charge, Invoice
from alicerce.apps.billing.ports import ChargeOrder, Gateway, Reading
from alicerce.apps.billing.services.apply_reading import (
    apply_reading,
    await_payment,
    fail_charge,
)
from alicerce.apps.billing.services.providers import open_gateway, order_of
from alicerce.apps.billing.services.withdraw_charges import withdraw_charge, withdraw_charges
from alicerce.apps.billing.types import ChargeStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Refusal, Unknown

REQUESTABLE = {ChargeStatus.CREATED, ChargeStatus.REQUESTED, ChargeStatus.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Prepared:
    account_id: UUID
    gateway: Gateway
    order: ChargeOrder
    was_asked: bool


def request_charge(*, charge_id: UUID, at: datetime) -> None:
    """Make the charge at the provider. Safe to repeat from any point of failure.

    Whatever may have been asked before is looked for first. Raises Unavailable or Unknown: again later.
    """
    prepared = _prepare(charge_id, at=at)
    if prepared is None:
        return
    try:
        reading = _find_or_request(prepared)
    except Refusal as refusal:
        _record_refusal(charge_id, str(refusal), at=at)
    except Unknown as doubt:
        _record_doubt(charge_id, str(doubt))
        raise
    else:
        _record(prepared, reading, at=at)


@transaction()
def _prepare(charge_id: UUID, *, at: datetime) -> Prepared | None:
    """The last look before asking. The charge's name is on record before anybody else knows it."""
    invoice = Invoice.objects.lock(
        Charge.objects.values_list("invoice_id", flat=True).get(pk=charge_id)
    )
    charge = Charge.objects.lock(charge_id)
    if charge.status not in REQUESTABLE:
        return None
    was_asked = charge.status != ChargeStatus.CREATED
    if not invoice.is_payable and not was_asked:
        charge.expire()
        return None
    gateway = open_gateway(account_id=charge.account_id)
    order = order_of(charge=charge, invoice=invoice)
    charge.request(gateway.external_id(order))
    named = replace(order, external_id=charge.external_id)
    return Prepared(charge.account_id, gateway, named, was_asked)


def _find_or_request(prepared: Prepared) -> Reading:
    """What a customer pays with is shown to them; what came of a kept card is asked at once."""
    found = prepared.gateway.find(prepared.order) if prepared.was_asked else None
    if found is not None:
        return found
    made = prepared.gateway.request(prepared.order)
    if not prepared.order.card.card:
        return Reading(charge=made)
    named = replace(prepared.order, external_id=made.external_id)
    return prepared.gateway.find(named) or Reading(charge=made)


def _record(prepared: Prepared, reading: Reading, *, at: datetime) -> None:
    charge_id = prepared.order.charge_id
    apply_reading(account_id=prepared.account_id, reading=reading, at=at)
    if not _become_payable(charge_id, reading, at=at):
        withdraw_charges(invoice_id=prepared.order.invoice_id, at=at)
    elif reading.charge and reading.charge.external_id:
        _withdraw_outdated(charge_id, reading.charge.external_id, at=at)


def _withdraw_outdated(charge_id: UUID, external_id: str, *, at: datetime) -> None:
    """Somebody paid a part while we asked: the provider learned of a charge that had ended here."""
    if _is_outdated(charge_id, external_id):
        withdraw_charge(charge_id=charge_id, at=at)


@transaction()
def _is_outdated(charge_id: UUID, external_id: str) -> bool:
    charge = Charge.objects.lock(charge_id)
    if charge.status != ChargeStatus.EXPIRED or charge.withdrawal_asked_at:
        return False
    charge.request(external_id)
    return True


@transaction()
def _become_payable(charge_id: UUID, reading: Reading, *, at: datetime) -> bool:
    """Whether the invoice still wants to be paid: somebody may have paid it while we asked."""
    invoice = Invoice.objects.lock(
        Charge.objects.values_list("invoice_id", flat=True).get(pk=charge_id)
    )
    charge = Charge.objects.lock(charge_id)
    if charge.status in REQUESTABLE and reading.charge:
        await_payment(charge=charge, made=reading.charge, at=at)
    return bool(invoice.is_payable)


@transaction()
def _record_refusal(charge_id: UUID, reason: str, *, at: datetime) -> None:
    fail_charge(charge=Charge.objects.lock(charge_id), error=reason, at=at)


@transaction()
def _record_doubt(charge_id: UUID, reason: str) -> None:
    Charge.objects.lock(charge_id).doubt(reason)
