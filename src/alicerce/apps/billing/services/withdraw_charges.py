"""Close what can still be paid for an invoice that needs no more payment."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.models import Charge, Invoice
from alicerce.apps.billing.ports import ChargeOrder, Gateway
from alicerce.apps.billing.services.providers import open_gateway, order_of
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Refusal


def withdraw_charges(*, invoice_id: UUID, at: datetime) -> None:
    """A charge that the provider will not close is being paid: its payment becomes credit."""
    for charge_id in _live(invoice_id):
        found = _open(charge_id)
        if found is None:
            continue
        gateway, order = found
        try:
            gateway.withdraw(order)
        except Refusal:
            continue
        _expire(charge_id)


@transaction()
def _live(invoice_id: UUID) -> list[UUID]:
    """Those that have a name at the provider; the others are withdrawn by whoever names them."""
    named = Charge.objects.live().filter(invoice_id=invoice_id).exclude(external_id="")
    return list(named.values_list("id", flat=True))


@transaction()
def _open(charge_id: UUID) -> tuple[Gateway, ChargeOrder] | None:
    charge = Charge.objects.get(pk=charge_id)
    if not charge.is_live:
        return None
    invoice = Invoice.objects.get(pk=charge.invoice_id)
    return open_gateway(account_id=charge.account_id), order_of(charge=charge, invoice=invoice)


@transaction()
def _expire(charge_id: UUID) -> None:
    Charge.objects.lock(charge_id).expire()
