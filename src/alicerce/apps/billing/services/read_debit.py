"""Ask about a debit that is under way, and take over what its PSP says."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.models import Charge, Invoice
from alicerce.apps.billing.ports import ChargeOrder, Gateway
from alicerce.apps.billing.services.apply_reading import apply_reading
from alicerce.apps.billing.services.providers import open_gateway, order_of
from alicerce.apps.billing.types.debits import DebitTry
from alicerce.kernel.db import transaction


def read_debit(*, charge_id: UUID, at: datetime) -> tuple[DebitTry, ...]:
    """Its tries, oldest first; a payment among them is booked. Raises Unavailable or Unknown."""
    account_id, gateway, order = _prepare(charge_id)
    reading = gateway.find(order) if order.external_id else None
    if reading is None:
        return ()
    apply_reading(account_id=account_id, reading=reading, at=at)
    return reading.tries


@transaction()
def _prepare(charge_id: UUID) -> tuple[UUID, Gateway, ChargeOrder]:
    charge = Charge.objects.get(pk=charge_id)
    order = order_of(charge=charge, invoice=Invoice.objects.get(pk=charge.invoice_id))
    return charge.account_id, open_gateway(account_id=charge.account_id), order
