"""An account charges no more: what could still be paid there is closed, and says why."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.models import Charge, Merchant
from alicerce.apps.billing.services.apply_reading import fail_charge
from alicerce.apps.billing.services.withdraw_charges import withdraw_charge
from alicerce.apps.billing.types.cards import ACCOUNT_GONE
from alicerce.apps.billing.types.connecting import MerchantState
from alicerce.kernel.db import transaction


def leave_account(*, account_id: UUID, at: datetime) -> None:
    """Safe to repeat. What is being paid is left to its provider; where it tells us nothing any more, it ends.

    A kept card that is being charged is nobody's to close. Raises Unavailable or Unknown: again later.
    """
    for charge_id in _open(account_id):
        withdraw_charge(charge_id=charge_id, at=at)
    _give_up(account_id, at=at)


@transaction(shared=True)
def _open(account_id: UUID) -> list[UUID]:
    pages = Charge.objects.live().shown().filter(account_id=account_id, card_reference="")
    return list(pages.order_by("id").values_list("id", flat=True))


@transaction()
def _give_up(account_id: UUID, *, at: datetime) -> None:
    """Its provider was asked above, and is no one to ask again: money that comes later is still booked."""
    merchant = Merchant.objects.filter(account_id=account_id).first()
    if merchant is None or merchant.state != MerchantState.DISCONNECTED:
        return
    for charge_id in _open(account_id):
        fail_charge(charge=Charge.objects.lock(charge_id), error=ACCOUNT_GONE, at=at)
