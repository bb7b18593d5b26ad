"""Charge the card of an attempt: at most one charge by card of an invoice can be paid at a time."""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import (
    BeingDebited,
    CardBeingCharged,
    InvoiceNotOpen,
    MethodNotOffered,
)
from alicerce.apps.billing.types import ChargeView, PaymentMethod
from alicerce.apps.collecting.models import Attempt, Card, Collection
from alicerce.apps.collecting.services.collect import SOON
from alicerce.apps.collecting.types import BY_ITSELF, AttemptStatus
from alicerce.kernel.db import transaction

UNTIL_THE_BANK_SAYS = timedelta(hours=6)
REMOVED, REFUSED = "card_removed", "card_refused"


def carry_out(*, attempt_id: UUID, at: datetime) -> None:
    """Safe to repeat from any point of failure. Raises Unavailable or Unknown: again later.

    A page that was opened to pay by card is closed first, at its provider, and so is a debit that its
    bank was asked for; what is being paid cannot be closed, and comes first.
    """
    for charge_id in _in_the_way(attempt_id):
        billing.withdraw_charge(charge_id=charge_id, at=at)
    _charge(attempt_id, at=at)


@transaction()
def _in_the_way(attempt_id: UUID) -> list[UUID]:
    attempt = Attempt.objects.get(pk=attempt_id)
    if attempt.status != AttemptStatus.BEGUN:
        return []
    live = [charge for charge in billing.charges_of(attempt.invoice_id) if charge.is_live]
    return [charge.id for charge in live if charge.debit_on or _is_page(charge)]


def _is_page(charge: ChargeView) -> bool:
    return charge.method == PaymentMethod.CARD and not charge.uses_kept_card


@transaction()
def _charge(attempt_id: UUID, *, at: datetime) -> None:
    """The attempt has its charge, and billing the order to make it, in one commit."""
    invoice_id = Attempt.objects.values_list("invoice_id", flat=True).get(pk=attempt_id)
    billing.hold_invoice(invoice_id=invoice_id)
    attempt = Attempt.objects.lock(attempt_id)
    if attempt.status != AttemptStatus.BEGUN:
        return
    card = Card.objects.select_related("payer").get(pk=attempt.card_id)
    if card.removed_at or (card.refused and attempt.trigger in BY_ITSELF):
        attempt.end(
            AttemptStatus.DROPPED, at=at, reason=REMOVED if card.removed_at else REFUSED
        )
        return
    try:
        charge_id = billing.begin_charge(
            invoice_id=invoice_id,
            method=PaymentMethod.CARD,
            return_url="",
            at=at,
            card=card.use,
        )
    except (BeingDebited, CardBeingCharged, InvoiceNotOpen, MethodNotOffered) as refused:
        _drop(attempt, refused.code, at=at)
    else:
        attempt.charge_by(charge_id)


def _drop(attempt: Attempt, reason: str, *, at: datetime) -> None:
    attempt.end(AttemptStatus.DROPPED, at=at, reason=reason)
    waits = {CardBeingCharged.code: SOON, BeingDebited.code: UNTIL_THE_BANK_SAYS}
    if reason in waits and attempt.trigger in BY_ITSELF:
        Collection.objects.get(pk=attempt.collection_id).expect(at + waits[reason])
