"""Charge the card of an attempt: at most one charge by card of an invoice can be paid at a time."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import CardBeingCharged, InvoiceNotOpen, MethodNotOffered
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.collecting.models import Attempt, Card, Collection
from alicerce.apps.collecting.services.collect import SOON
from alicerce.apps.collecting.types import BY_ITSELF, AttemptStatus
from alicerce.kernel.db import transaction

REMOVED, REFUSED = "card_removed", "card_refused"


def carry_out(*, attempt_id: UUID, at: datetime) -> None:
    """Safe to repeat from any point of failure. Raises Unavailable or Unknown: again later.

    A page that was opened to pay by card is closed first, at its provider; one that is being paid
    cannot be closed, and comes first.
    """
    page_id = _page_in_the_way(attempt_id)
    if page_id:
        billing.withdraw_charge(charge_id=page_id, at=at)
    _charge(attempt_id, at=at)


@transaction()
def _page_in_the_way(attempt_id: UUID) -> UUID | None:
    attempt = Attempt.objects.get(pk=attempt_id)
    if attempt.status != AttemptStatus.BEGUN:
        return None
    charges = billing.charges_of(attempt.invoice_id)
    pages = (
        charge.id
        for charge in charges
        if charge.is_live and charge.method == PaymentMethod.CARD and not charge.uses_kept_card
    )
    return next(pages, None)


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
    except (CardBeingCharged, InvoiceNotOpen, MethodNotOffered) as refused:
        _drop(attempt, refused.code, at=at)
    else:
        attempt.charge_by(charge_id)


def _drop(attempt: Attempt, reason: str, *, at: datetime) -> None:
    attempt.end(AttemptStatus.DROPPED, at=at, reason=reason)
    if reason == CardBeingCharged.code and attempt.trigger in BY_ITSELF:
        Collection.objects.get(pk=attempt.collection_id).expect(at + SOON)
