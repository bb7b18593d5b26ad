"""Links by which a card's owner confirms a payment with their bank: nobody guesses one, and each ends."""

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.cards import CardUse
from alicerce.apps.collecting.errors import ConfirmationOver
from alicerce.apps.collecting.models import Attempt, Card
from alicerce.apps.collecting.rules.retrying import LINK_LIVES
from alicerce.kernel.db import transaction

SIGNER = Signer(salt="collecting.confirm")


def secret_of(*, attempt: Attempt, at: datetime) -> str:
    until = int((at + LINK_LIVES).timestamp())
    return SIGNER.sign(f"{attempt.id.hex}-{until}")


def attempt_behind(*, secret: str, at: datetime) -> Attempt:
    """Raises ConfirmationOver."""
    try:
        named, _dash, until = SIGNER.unsign(secret).partition("-")
    except BadSignature:
        raise ConfirmationOver from None
    found: Attempt | None = Attempt.objects.filter(pk=UUID(named)).first()
    if found is None or at.timestamp() >= int(until):
        raise ConfirmationOver
    return found


@transaction()
def begin_confirmation(*, secret: str, return_url: str, at: datetime) -> UUID:
    """A page of the provider to pay this invoice on, where its owner is present. The invoice it is for.

    Raises ConfirmationOver, InvoiceNotOpen, MethodNotOffered.
    """
    attempt = attempt_behind(secret=secret, at=at)
    card = Card.objects.select_related("payer").get(pk=attempt.card_id)
    billing.begin_charge(
        invoice_id=attempt.invoice_id,
        method=PaymentMethod.CARD,
        return_url=return_url,
        at=at,
        card=CardUse(payer=card.payer.external_id, account_id=card.payer.account_id),
    )
    return UUID(str(attempt.invoice_id))
